using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Text;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>The reading that only this paper has, and the readings beside the usual ones. What happens to masters is two claims of its own in Tables 2 and 6.</summary>
public static class PaperReadings
{
    /// <summary>Axis: what a row of a stored matrix is in the paper's words.</summary>
    public static Reading<AxisReading> Axis { get; } = new("axis", AxisReading.AppendixD);

    /// <summary>The readings beside the usual ones.</summary>
    public static IReadOnlyList<AlternativeReading> Alternatives { get; } =
    [
        new("importance-absolute", "Σ |θ · g| instead of |θ · Σ g|", Reading.Importance, p => Once(p.With(Reading.Importance, ImportanceReading.Absolute))),
        new("samples-merge", "lines merged up to the maximum instead of one line a sample", Reading.Samples, p => Once(p.With(Reading.Samples, SampleReading.Merge))),
        new("norms-matrices-only", "regions without the RMSNorm weights", Reading.Norms, p => Once(p.With(Reading.Norms, NormReading.MatricesOnly))),
        new("perplexity-batch-mean", "mean over batches of 16 instead of over tokens", Reading.Perplexity, p => p.With(Reading.Perplexity, PerplexityReading.BatchMean)),
        new("axis-stored", "rows and columns as stored instead of Appendix D's", Axis, p => Once(p.With(Axis, AxisReading.Stored))),
    ];

    // The spread over training seeds has been seen under the usual readings.
    private static Profile Once(Profile profile) => profile with { TrainingDraws = 1 };
}
