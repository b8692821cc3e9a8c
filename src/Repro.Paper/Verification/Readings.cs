using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Text;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Profiles;

namespace Repro.Paper.Verification;

/// <summary>Another way to read the paper where it is silent.</summary>
/// <param name="Name">Its key in the golden.</param>
/// <param name="Meaning">What is different.</param>
/// <param name="Change">The profile under it.</param>
/// <param name="Concerns">Which claims it can change.</param>
public sealed record Reading(string Name, string Meaning, Func<Profile, Profile> Change, Func<Experiment, bool> Concerns);

/// <summary>The readings beside the profile's own.</summary>
public static class Readings
{
    /// <summary>
    /// All of them; what happens to masters is two claims of its own in Tables 2 and 6. They are about what the paper leaves open, so experiments beyond
    /// the paper are not repeated; Table 6, which is Table 2 at another ratio, is trained once.
    /// </summary>
    public static IReadOnlyList<Reading> All { get; } =
    [
        new("importance-absolute", "Σ |θ · g| instead of |θ · Σ g|", p => p with { Reading = ImportanceReading.Absolute }, UsesImportance),
        new("samples-merge", "lines merged up to the maximum instead of one line a sample", p => p with { Samples = SampleReading.Merge }, UsesImportance),
        new("norms-matrices-only", "regions without the RMSNorm weights", p => p with { Norms = NormReading.MatricesOnly }, UsesRegions),
        new("perplexity-batch-mean", "mean over batches of 16 instead of over tokens", p => p with { Perplexity = PerplexityReading.BatchMean }, e => IsThePapers(e) && e.Conditions.Count > 0),
        new("axis-stored", "rows and columns as stored instead of Appendix D's", p => p with { Axis = AxisReading.Stored }, e => e.Conditions.OfType<DimensionRemoval>().Any()),
    ];

    private static bool UsesImportance(Experiment experiment) => UsesRegions(experiment) || (IsRepeated(experiment) && experiment.Conditions.Any(c => c.DependsOnImportance));

    private static bool IsThePapers(Experiment experiment) => !experiment.Id.StartsWith("beyond", StringComparison.Ordinal);

    private static bool IsRepeated(Experiment experiment) => IsThePapers(experiment) && experiment.Id != "table-06";

    private static bool UsesRegions(Experiment experiment) =>
        IsRepeated(experiment) && (experiment.Quantities.Any(q => q.DependsOnImportance) || experiment.Conditions.Any(c => c.HasRegion));
}
