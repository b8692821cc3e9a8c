using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

public sealed class TrainingWindowsTests
{
    private const int Bos = 1;
    private const int Eos = 2;
    private const int Length = 6;

    [Test]
    public void Documents_follow_each_other_with_an_eos_each() => Pack([5], [6, 7]).Should().Equal("1 5 2 6 7 2");

    [Test]
    public void A_last_window_may_be_shorter() => Pack([5, 6, 7, 8], [9]).Should().Equal("1 5 6 7 8 2", "1 9 2");

    [Test]
    public void A_document_that_is_cut_begins_the_next_window_again() =>
        Pack([5, 6], [7, 8, 9]).Should().Equal("1 5 6 2 7 8", "1 7 8 9 2");

    [Test]
    public void A_document_that_ends_with_its_window_is_not_repeated() =>
        Pack([5], [6, 7], [8]).Should().Equal("1 5 2 6 7 2", "1 8 2");

    [Test]
    public void A_document_longer_than_a_window_goes_on_in_the_next() =>
        Pack([11, 12, 13, 14, 15, 16, 17]).Should().Equal("1 11 12 13 14 15", "1 16 17 2");

    [Test]
    public void A_long_document_that_is_cut_first_begins_again_and_then_goes_on() =>
        Pack([5, 6], [11, 12, 13, 14, 15, 16]).Should().Equal("1 5 6 2 11 12", "1 11 12 13 14 15", "1 16 2");

    [Test]
    public void Empty_lines_leave_nothing() => Pack([], []).Should().BeEmpty();

    [Test]
    public void A_window_too_short_for_bos_a_token_and_eos_is_refused() =>
        FluentActions.Invoking(() => TrainingWindows.Pack([[5]], Bos, Eos, 2).ToArray()).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void Every_document_that_fits_is_seen_whole_with_nothing_but_whole_documents_before_it() => Lines.Hold(lines =>
    {
        int[][] windows = [.. TrainingWindows.Pack(lines, Bos, Eos, Length)];
        string[] texts = [.. windows.Select(w => $" {string.Join(' ', w)} ")];
        return lines.Where(l => l.Length is > 0 and < Length - 1).All(l =>
            texts.Any(t => t.Contains($" 1 {string.Join(' ', l)} 2 ", StringComparison.Ordinal) || t.Contains($" 2 {string.Join(' ', l)} 2 ", StringComparison.Ordinal)));
    });

    [Test]
    public void All_windows_begin_with_bos_and_all_but_the_last_are_full() => Lines.Hold(lines =>
    {
        int[][] windows = [.. TrainingWindows.Pack(lines, Bos, Eos, Length)];
        return windows.All(w => w[0] == Bos && !w.Skip(1).Contains(Bos) && w.Length is > 2 and <= Length)
            && windows.SkipLast(1).All(w => w.Length == Length);
    });

    // Distinct ids, so that a document is told from its neighbours.
    private static Arbitrary<int[][]> Lines { get; } = Gen.Choose(0, 9).ArrayOf().Select(lengths =>
    {
        int next = 10;
        return lengths.Select(n => Enumerable.Range(0, n).Select(_ => next++).ToArray()).ToArray();
    }).ToArbitrary();

    private static IEnumerable<string> Pack(params int[][] lines) =>
        TrainingWindows.Pack(lines, Bos, Eos, Length).Select(w => string.Join(' ', w));
}
