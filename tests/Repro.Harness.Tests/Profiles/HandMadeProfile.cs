using Repro.Harness.Profiles;
using Repro.Harness.Readings;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Profiles;

/// <summary>A profile of no paper: three texts that importance is taken from, one of which further training reads too.</summary>
internal static class HandMadeProfile
{
    public static TestText First { get; } = new("aa", "First");

    public static TestText Second { get; } = new("bb", "Second");

    public static TestText Third { get; } = new("cc", "Third");

    public static TestText FurtherSecond { get; } = new("bb", "Second, further", Further: true);

    public static Profile Small { get; } = new()
    {
        Name = "small",
        Checkpoint = new InputFolder("a checkpoint", "fixtures/tiny", null, "--checkpoint"),
        Corpus = new InputFolder("a corpus", null, "REPRO_TEST_CORPUS", "--corpus"),
        FurtherCorpus = new InputFolder("further text", null, "REPRO_TEST_FURTHER", "--further-corpus"),
        SmallSample = 1,
        LargeSample = 4,
        TestDocuments = 20,
        BasePerplexity = (15, 100),
        Training = new TrainingScale { SamplesPerDocument = 100, BatchSize = 1, LearningRate = 1e-3 },
        Readings = ReadingSet.Usual(),
        Texts = new TextSet([First, Second, Third], [First, Second, Third], [new FurtherText(FurtherSecond, 20_000)]),
        RandomDraws = 2,
    };
}
