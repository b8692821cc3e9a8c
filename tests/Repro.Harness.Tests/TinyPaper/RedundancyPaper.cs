using Repro.Engine.Evaluation;
using Repro.Engine.Regions;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.TinyPaper;

/// <summary>A second paper, as small as a paper can be: one table with one claim about one text, no importance, no training, no printed numbers.</summary>
/// <param name="share">Share of the weights that its condition removes.</param>
internal sealed class RedundancyPaper(double share = 0.05) : Paper
{
    public const string Table = "table-1";
    public const string Claimed = "weights-matter";

    public static TestText Text { get; } = new("aa", "Sentences");

    /// <summary>So few weights that nothing may happen.</summary>
    public static RegionRemoval Control { get; } = new(RegionKind.Random, 0.0001);

    public static Profile Own { get; } = new()
    {
        Name = "redundancy",
        Checkpoint = new InputFolder("a checkpoint", "fixtures/tiny", null, "--checkpoint"),
        Corpus = new InputFolder("a corpus", null, "REPRO_TEST_CORPUS", "--corpus"),
        FurtherCorpus = new InputFolder("nothing", null, "REPRO_TEST_FURTHER", "--further-corpus"),
        SmallSample = 1,
        LargeSample = 4,
        TestDocuments = 40,
        BasePerplexity = (15, 150),
        Training = new TrainingScale { SamplesPerDocument = 1, BatchSize = 1, LearningRate = 1e-3 },
        Readings = ReadingSet.Usual(),
        Texts = new TextSet([], [Text], []),
        RandomDraws = 2,
    };

    public override string Name => "Redundancy of Weights";

    public override IReadOnlyList<Profile> Profiles => [Own];

    public override IReadOnlyList<AlternativeReading> Readings { get; } =
    [
        new("batch-mean", "perplexity is the mean over batches", Reading.Perplexity, p => p.With(Reading.Perplexity, PerplexityReading.BatchMean)),
        new("matrices-only", "norms are never removed", Reading.Norms, p => p.With(Reading.Norms, NormReading.MatricesOnly)),
    ];

    protected override IReadOnlyList<PaperTable> WholeTables(Profile profile)
    {
        RandomWeights removed = new(share);
        MeasurementPlan plan = new([Condition.Base, removed, .. Control.Draws(profile)], [Text]);
        Claim claim = new()
        {
            Id = Claimed,
            Sentence = "A model misses one weight in twenty",
            Bound = Bound.Above(0.02),
            Rationale = "far above what a few weights cost",
            Rows = [new ClaimRow(Text.Name, Measures.Increase(removed, Text))],
            Gate = [new GateCondition("few weights near base", Control, 0.02)],
        };
        PlannedPoint[] points = [new("Base", null, Condition.Base, Text, null), new("Random weights", null, removed, Text, Condition.Base)];
        return
        [
            new PaperTable(Table, "Table 1", "Perplexity without random weights", plan, [claim], profile)
            {
                Untrained = UntrainedControl.Always,
                Figure = new FigurePlan(
                    "figure-1", [Table], "Weights matter", "", FigureKind.Categories, "condition", [new PlannedSeries("", Text.Name, points, new PublishedMeasurements((_, _) => null, 1))]),
            },
        ];
    }
}
