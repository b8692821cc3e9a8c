using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

public sealed class SampleBuilderTests
{
    private const int Bos = 1;
    private const int Eos = 2;
    private static readonly SampleBuilder Builder = new(Bos, Eos, MaxTokens: 6);

    [Test]
    public void Each_line_is_a_document_between_bos_and_eos() =>
        Build(SampleReading.Line, [5], [6, 7]).Should().Equal("1 5 2", "1 6 7 2");

    [Test]
    public void A_line_that_exactly_fits_is_kept_and_a_longer_one_dropped() =>
        Build(SampleReading.Line, [3, 4, 5, 6], [3, 4, 5, 6, 7], [8]).Should().Equal("1 3 4 5 6 2", "1 8 2");

    [Test]
    public void Empty_lines_give_no_document()
    {
        Build(SampleReading.Line, [], [5]).Should().Equal("1 5 2");
        Build(SampleReading.Merge, [], []).Should().BeEmpty();
    }

    [Test]
    public void Merging_fills_a_document_before_it_begins_the_next() =>
        Build(SampleReading.Merge, [3], [4, 5], [6], [7], [8, 9]).Should().Equal("1 3 4 5 6 2", "1 7 8 9 2");

    [Test]
    public void Merging_never_cuts_a_line() =>
        Build(SampleReading.Merge, [3, 4, 5], [6, 7]).Should().Equal("1 3 4 5 2", "1 6 7 2");

    [Test]
    public void Merging_drops_a_line_over_the_maximum_and_goes_on() =>
        Build(SampleReading.Merge, [3], [4, 5, 6, 7, 8], [9]).Should().Equal("1 3 9 2");

    [Test]
    public void Merged_documents_hold_all_fitting_lines_in_order() => Lines.Hold(lines =>
    {
        int[][] documents = [.. Builder.Build(lines, SampleReading.Merge)];
        bool framed = documents.All(d => d[0] == Bos && d[^1] == Eos && d.Length is > 2 and <= 6);
        return framed && documents.SelectMany(d => d[1..^1]).SequenceEqual(lines.Where(l => l.Length <= 4).SelectMany(l => l));
    });

    [Test]
    public void No_two_neighbours_of_merged_documents_would_have_fitted_into_one() => Lines.Hold(lines =>
    {
        int[][] kept = [.. lines.Where(l => l.Length is > 0 and <= 4)];
        int[][] documents = [.. Builder.Build(kept, SampleReading.Merge)];
        int line = 0;
        foreach (int[] document in documents)
        {
            int held = 0;
            while (held < document.Length - 2)
                held += kept[line++].Length;
            if (line < kept.Length && document.Length + kept[line].Length <= 6)
                return false;
        }

        return line == kept.Length;
    });

    private static Arbitrary<int[][]> Lines { get; } = Gen.Choose(3, 99).ArrayOf().Resize(6).ArrayOf().ToArbitrary();

    private static IEnumerable<string> Build(SampleReading reading, params int[][] lines) =>
        Builder.Build(lines, reading).Select(d => string.Join(' ', d));
}
