using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Text;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Measuring;

public sealed class DocumentSourceTests
{
    private static readonly Profile Profile = HandMadeProfile.Small with { SmallSample = 30, LargeSample = 300 };
    private static readonly TestText First = HandMadeProfile.First;
    private static readonly TestText Second = HandMadeProfile.Second;
    private static readonly Profile Merging = Profile.With(Reading.Samples, SampleReading.Merge);
    private static readonly string Checkpoint = Path.Combine(Project.Folder, "fixtures", "tiny");

    private WrittenCorpus corpus = null!;
    private WrittenCorpus further = null!;
    private DocumentSource lines = null!;

    [OneTimeSetUp]
    public void Write()
    {
        corpus = new WrittenCorpus().Add("aa", 310, 25, skip: 0).Add("bb", 310, 25, skip: 340).Add("cc", 310, 25, skip: 680).Add("dd", 0, 1, skip: 0);
        further = new WrittenCorpus().Add("bb", 220, 25, skip: 1020);
        lines = Source(Profile);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        corpus.Dispose();
        further.Dispose();
    }

    [Test]
    public void The_small_sample_is_a_prefix_of_the_large_one() =>
        lines.Samples(First, ..30).Should().BeEquivalentTo(lines.Samples(First, ..300).Take(30), o => o.WithStrictOrdering());

    [Test]
    public void Merging_keeps_every_token_and_needs_fewer_documents()
    {
        DocumentSource merged = Source(Merging);
        static IEnumerable<int> Inner(IEnumerable<int[]> documents) => documents.SelectMany(d => d[1..^1]);
        Inner(merged.Samples(Second, ..)).Should().Equal(Inner(lines.Samples(Second, ..)));
        merged.Samples(Second, ..).Count.Should().BeLessThan(lines.Samples(Second, ..).Count * 2 / 3);
    }

    [Test]
    public void Shuffled_labels_deal_the_lines_of_each_number_to_different_texts()
    {
        IReadOnlyList<TestText> labelled = Profile.Texts.Importance;
        IReadOnlyList<TestText> shuffled = Profile.Texts.Shuffled;
        for (int line = 0; line < Profile.LargeSample; line++)
            Lines(shuffled, line..(line + 1)).Should().BeEquivalentTo(Lines(labelled, line..(line + 1)), $"line {line}");
        foreach (TestText one in shuffled)
        {
            HashSet<string> mixed = [.. lines.Samples(one, ..).Select(Key)];
            mixed.Should().HaveCount(300);

            // 100 of 300 with a standard deviation of 8.2; four of those.
            labelled.Select(text => lines.Samples(text, ..).Select(Key).Count(mixed.Contains)).Should().OnlyContain(n => n > 100 - 33 && n < 100 + 33);
        }

        Source(Profile).Samples(shuffled[0], ..).Select(Key).Should().Equal(lines.Samples(shuffled[0], ..).Select(Key), "the profile's seed decides");
        Source(Profile with { Seed = 5 }).Samples(shuffled[0], ..).Select(Key).Should().NotEqual(lines.Samples(shuffled[0], ..).Select(Key));

        string[] Lines(IReadOnlyList<TestText> texts, Range range) => [.. texts.Select(text => Key(lines.Samples(text, range).Single()))];
    }

    [Test]
    public void Tokens_in_random_order_stay_in_their_document_between_its_ends()
    {
        TestText mixed = HandMadeProfile.First.WithTokensInRandomOrder();
        IReadOnlyList<int[]> documents = lines.Test(mixed);
        foreach ((int[] own, int[] other) in lines.Test(HandMadeProfile.First).Zip(documents))
        {
            (other[0], other[^1]).Should().Be((own[0], own[^1]));
            other.Should().BeEquivalentTo(own);
        }

        documents.Select(Key).Should().HaveCount(20).And.NotIntersectWith(lines.Test(HandMadeProfile.First).Select(Key));
        Source(Profile).Test(mixed).Select(Key).Should().Equal(documents.Select(Key), "the profile's seed decides");
        Source(Profile with { Seed = 5 }).Test(mixed).Select(Key).Should().NotEqual(documents.Select(Key));
        lines.Covers(mixed).Should().BeTrue();
        lines.Covers(HandMadeProfile.FurtherSecond.WithTokensInRandomOrder()).Should().BeTrue();
    }

    [TestCase(SampleReading.Line)]
    [TestCase(SampleReading.Merge)]
    public void Samples_in_random_order_have_the_tokens_of_each_line(SampleReading reading)
    {
        DocumentSource source = Source(Profile.With(Reading.Samples, reading));
        TestText mixedText = First.WithTokensInRandomOrder();
        IReadOnlyList<int[]> own = source.Samples(First, ..);
        IReadOnlyList<int[]> mixed = source.Samples(mixedText, ..);
        mixed.Should().HaveSameCount(own);
        foreach ((int[] first, int[] second) in own.Zip(mixed))
            second.Should().BeEquivalentTo(first);
        mixed.Select(Key).Should().NotEqual(own.Select(Key));
        source.Samples(mixedText, ..30).Select(Key).Should().Equal(Source(Profile.With(Reading.Samples, reading)).Samples(mixedText, ..30).Select(Key), "a shorter sample is a prefix");
    }

    [Test]
    public void Digits_are_as_many_tokens_as_each_document_has_between_its_ends()
    {
        TestText digits = First.AsDigits();
        IReadOnlyList<int[]> documents = lines.Test(digits);
        documents.Should().HaveCount(20);
        foreach ((int[] own, int[] other) in lines.Test(First).Zip(documents))
        {
            (other.Length, other[0], other[^1]).Should().Be((own.Length, own[0], own[^1]));
            lines.Decode(other[1..^1]).Trim().Should().MatchRegex("^[0-9., ]+$");
        }

        documents.Select(Key).Should().OnlyHaveUniqueItems();
        Source(Profile).Test(digits).Select(Key).Should().Equal(documents.Select(Key), "the profile's seed decides");
        Source(Profile with { Seed = 5 }).Test(digits).Select(Key).Should().NotEqual(documents.Select(Key));
        lines.Test(Second.AsDigits()).Select(Key).Should().NotIntersectWith(documents.Select(Key));
        lines.Samples(digits, ..).Select(d => d.Length).Should().Equal(lines.Samples(First, ..).Select(d => d.Length));
        lines.Samples(digits, ..).Select(Key).Should().NotIntersectWith(documents.Select(Key));
        lines.Covers(digits).Should().BeTrue();
    }

    [Test]
    public void A_control_of_the_users_own_needs_lines_to_sample_and_lines_to_test()
    {
        lines.CoversSample(First).Should().BeTrue();
        lines.CoversSample(First.AsDigits()).Should().BeTrue();
        lines.CoversSample(new TestText("dd", "One line")).Should().BeFalse("it has no line to train on");
        Source(Profile with { LargeSample = 100_000 }).CoversSample(First.AsDigits()).Should().BeFalse("it stands for 310 lines");
        lines.CoversSample(new TestText("code", "Code")).Should().BeFalse("the corpus has none");
        using WrittenCorpus own = new WrittenCorpus().Add("aa", 3, 3, skip: 0).Add("code", 310, 2, skip: 340);
        DocumentSource source = new(Profile, own.Path, null, Checkpoint, ConfigReader.Read(Path.Combine(Checkpoint, "config.json")));
        (source.Covers(new TestText("code", "Code")), source.CoversSample(new TestText("code", "Code"))).Should().Be((true, true));
    }

    [Test]
    public void Test_documents_are_lines_under_either_reading_and_no_more_than_the_profiles_number()
    {
        Source(Merging).Test(HandMadeProfile.First).Should().HaveCount(20);
        Source(Merging with { TestDocuments = 100 }).Test(HandMadeProfile.First).Should().HaveCount(25, "there are no more");
    }

    [Test]
    public void The_further_text_holds_as_many_documents_as_the_papers_samples_stand_for() =>
        lines.Further("bb").Should().HaveCount(200, "20,000 samples at 100 to a document");

    [Test]
    public void Text_that_training_does_not_read_has_no_further_documents() =>
        FluentActions.Invoking(() => lines.Further("aa")).Should().Throw<InvalidOperationException>();

    [Test]
    public void No_further_document_is_tested_on()
    {
        string[] tested = [.. lines.Test(HandMadeProfile.FurtherSecond).Concat(lines.Test(HandMadeProfile.Second)).Select(Key)];
        tested.Should().HaveCount(40);
        lines.Further("bb").Select(Key).Should().NotIntersectWith(tested);
    }

    [Test]
    public void Replay_takes_the_other_texts_in_turn()
    {
        IReadOnlyList<int[]> replayed = lines.Replay("bb", 10);
        replayed.Should().HaveCount(10);
        replayed.Take(2).Select(Key).Should().Equal(new[] { First, Profile.Texts.Importance[2] }.Select(text => Key(lines.Samples(text, ..1)[0])));
        replayed.Select(Key).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void A_text_without_enough_lines_is_not_covered()
    {
        lines.Covers(HandMadeProfile.First).Should().BeTrue();
        lines.Covers(HandMadeProfile.FurtherSecond).Should().BeTrue();
        lines.Covers(new TestText("zz", "Nowhere")).Should().BeFalse();
        lines.Covers(new TestText("dd", "One line")).Should().BeFalse("a document alone has no interval");
        Source(Profile with { LargeSample = 100_000 }).Covers(HandMadeProfile.First).Should().BeFalse("it has 310 lines");
        Source(Profile with { LargeSample = 100_000, Texts = Profile.Texts with { Importance = [] } }).Covers(HandMadeProfile.First).Should().BeTrue("no importance is taken from it");
        Source(Profile with { Training = Profile.Training with { SamplesPerDocument = 10 } }).Covers(HandMadeProfile.FurtherSecond).Should().BeFalse("it has 220 of 2,000 documents");
    }

    [Test]
    public void Without_a_further_corpus_there_is_no_further_text()
    {
        DocumentSource alone = new(Profile, corpus.Path, null, Checkpoint, ConfigReader.Read(Path.Combine(Checkpoint, "config.json")));
        alone.Covers(HandMadeProfile.FurtherSecond).Should().BeFalse();
        alone.FurtherCorpusHash().Should().BeNull();
        alone.CorpusHash().Should().Be(lines.CorpusHash()).And.NotBe(lines.FurtherCorpusHash());
    }

    [Test]
    public void A_corpus_that_is_not_there_is_named() =>
        FluentActions.Invoking(() => new DocumentSource(Profile, "/nowhere", null, Checkpoint, ConfigReader.Read(Path.Combine(Checkpoint, "config.json"))))
            .Should().Throw<InputException>().WithMessage("*/nowhere*");

    private static string Key(int[] ids) => string.Join(' ', ids);

    private DocumentSource Source(Profile profile) => new(profile, corpus.Path, further.Path, Checkpoint, ConfigReader.Read(Path.Combine(Checkpoint, "config.json")));
}
