using Repro.Engine.Checkpoints;
using Repro.Engine.Text;
using Repro.Paper.Experiments;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Tests.Experiments;

public sealed class TextLibraryTests
{
    private static readonly TextLibrary Lines = Library(PaperProfiles.Tiny);

    [Test]
    public void The_small_sample_is_a_prefix_of_the_large_one() =>
        Lines.Samples("ru", ..30).Should().BeEquivalentTo(Lines.Samples("ru", ..300).Take(30), o => o.WithStrictOrdering());

    [Test]
    public void Merging_keeps_every_token_and_needs_fewer_documents()
    {
        TextLibrary merged = Library(PaperProfiles.Tiny with { Samples = SampleReading.Merge });
        static IEnumerable<int> Inner(IEnumerable<int[]> documents) => documents.SelectMany(d => d[1..^1]);
        Inner(merged.Samples("ko", ..)).Should().Equal(Inner(Lines.Samples("ko", ..)));
        merged.Samples("ko", ..).Count.Should().BeLessThan(Lines.Samples("ko", ..).Count * 2 / 3);
    }

    [Test]
    public void Test_documents_are_lines_under_either_reading() =>
        Library(PaperProfiles.Tiny with { Samples = SampleReading.Merge }).Test(PaperLanguages.Get("en")).Should().HaveCount(80);

    [Test]
    public void The_further_text_holds_the_papers_counts()
    {
        Lines.Further("zh").Should().HaveCount(800);
        Lines.Further("ar").Should().HaveCount(400);
    }

    [Test]
    public void No_further_document_is_tested_on() =>
        Lines.Further("zh").Select(Key).Should().NotIntersectWith(Lines.Test(PaperLanguages.FurtherChinese).Concat(Lines.Test(PaperLanguages.Get("zh"))).Select(Key));

    [Test]
    public void Replay_takes_the_other_languages_in_turn()
    {
        IReadOnlyList<int[]> replayed = Lines.Replay("ar", 10);
        replayed.Should().HaveCount(10);
        replayed.Take(5).Select(Key).Should().Equal(new[] { "es", "ru", "zh", "ko", "vi" }.Select(l => Key(Lines.Samples(l, ..1)[0])));
        replayed.Select(Key).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void A_language_without_text_is_not_covered()
    {
        Lines.Covers(PaperLanguages.Get("sw")).Should().BeTrue();
        Library(PaperProfiles.Tiny with { LargeSample = 100_000 }).Covers(PaperLanguages.Get("ru")).Should().BeFalse("it has 330 lines");
    }

    private static string Key(int[] ids) => string.Join(' ', ids);

    private static TextLibrary Library(Profile profile)
    {
        Setup setup = Setup.Of(profile, Project.Folder);
        return new TextLibrary(setup, ConfigReader.Read(Path.Combine(setup.Checkpoint, "config.json")));
    }
}
