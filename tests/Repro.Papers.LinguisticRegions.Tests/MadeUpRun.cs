using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests;

/// <summary>Every table of the paper with numbers that nothing measured: each condition on each text has some of its own, between 2 and 12 nats per token.</summary>
internal static class MadeUpRun
{
    private const int Documents = 5;

    private static readonly MeasurementSet Measured = Tested.Tables.Aggregate(new MeasurementSet { VocabularySize = 2048 }, Add);

    public static IReadOnlyList<TableResult> Results { get; } = [.. Tested.Tables.Select(t => TableResult.From(t, Measured, Provenance))];

    public static IReadOnlyList<Figure> Figures { get; } = Fill();

    private static Provenance Provenance => new()
    {
        Profile = PaperProfiles.Tiny.Name,
        DeviceClass = "none",
        Checkpoint = new string('a', 64),
        Corpus = new string('b', 64),
        Readings = PaperProfiles.Tiny.Readings.ToDictionary(),
        SampleSizes = [30, 300],
        Seed = 1,
        TorchSharp = "none",
        Command = "none",
    };

    /// <summary>What a run says that measured some of the tables.</summary>
    public static VerificationResult Verification(IReadOnlyList<TableResult> tables) => new(Provenance, tables, [], []);

    private static MeasurementSet Add(MeasurementSet set, PaperTable table)
    {
        MeasurementPlan plan = table.Plan;
        set = set.With(plan.Cells.Select(c => (c.Condition, c.Text, Some($"{c.Condition.Id} on {c.Text.Key}"))));
        set = plan.Texts.Aggregate(set, (s, text) => s.With(text, new TextFacts(Documents, 6, BeginsWithBos: true)));
        set = plan.DescribedRegions.Aggregate(set, (s, region) => s.With(region, new RegionFacts(3, 100, region.IsDifference, new Dictionary<string, long> { ["w"] = 3 }, new string('d', 64), null, null)));
        set = plan.Quantities.Aggregate(set, (s, quantity) => s.With(quantity.Id, Resampled.Exact(0.5)));
        return plan.Written.Aggregate(set, (s, written) => s.WithWritten(written.Id, "a text"));
    }

    private static Measurement Some(string name)
    {
        SplitMix random = new(SplitMix.Derive(1, name));
        double nats = 2 + (10 * random.Fraction());
        return new Measurement([.. Enumerable.Range(0, Documents).Select(i => new DocumentScore((7 + i) * (nats + random.Fraction()), 7 + i))]);
    }

    private static Figure[] Fill()
    {
        BootstrapMeasurements resampled = new(Measured, PaperProfiles.Tiny);
        return [.. Tested.Paper.JointFigures(PaperProfiles.Tiny, Tested.Tables).Concat(Tested.Tables.Select(t => t.Figure).OfType<FigurePlan>()).Select(plan => plan.Fill(resampled))];
    }
}
