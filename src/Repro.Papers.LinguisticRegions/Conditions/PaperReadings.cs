using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Text;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>The readings that only this paper has, and those beside the usual ones. What happens to masters is two claims of its own in Tables 2 and 6.</summary>
public static class PaperReadings
{
    /// <summary>Axis: what a row of a stored matrix is in the paper's words.</summary>
    public static Reading<AxisReading> Axis { get; } = new("axis", AxisReading.AppendixD);

    /// <summary>Dimension: what ranks rows and columns (Tables 3, 7 and 8).</summary>
    public static Reading<DimensionReading> Dimension { get; } = new("dimension", DimensionReading.Members);

    /// <summary>Weight: which norm weight Table 4 and Figure 4 change.</summary>
    public static Reading<NormWeightReading> NormWeight { get; } = new("norm weight", NormWeightReading.OfDimension);

    /// <summary>How every point is read by default. Norms stay out of regions, as in the released code that removes and freezes.</summary>
    public static ReadingSet Usual { get; } = ReadingSet.Usual(Axis, Dimension, NormWeight).With(Reading.Norms, NormReading.MatricesOnly);

    /// <summary>The readings beside the usual ones.</summary>
    public static IReadOnlyList<AlternativeReading> Alternatives { get; } =
    [
        new("importance-absolute", "Σ |θ · g| instead of |θ · Σ g|", Reading.Importance, p => Once(p.With(Reading.Importance, ImportanceReading.Absolute))),
        new("samples-merge", "lines merged up to the maximum instead of one line a sample", Reading.Samples, p => Once(p.With(Reading.Samples, SampleReading.Merge))),
        new("norms-with", "regions with the RMSNorm weights, as the released code selects them", Reading.Norms, p => Once(p.With(Reading.Norms, NormReading.WithNorms))),
        new("perplexity-batch-mean", "mean over batches of 16 instead of over tokens", Reading.Perplexity, p => p.With(Reading.Perplexity, PerplexityReading.BatchMean)),
        new("axis-stored", "rows and columns as stored instead of Appendix D's", Axis, p => Once(p.With(Axis, AxisReading.Stored))),
        new("dimension-importance", "dimensions ranked by the sum of their importance instead of by members of the Top 5 % region", Dimension, p => p.With(Dimension, DimensionReading.Importance)),
        new("norm-weight-own", "the norm weight of the most importance instead of the one of Section 3.3's dimension", NormWeight, p => p.With(NormWeight, NormWeightReading.OwnImportance)),
    ];

    // The spread over training seeds has been seen under the usual readings.
    private static Profile Once(Profile profile) => profile with { TrainingDraws = 1 };
}
