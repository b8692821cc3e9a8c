using Repro.Harness.Measuring;

namespace Repro.Harness.Verification;

/// <summary>A piece of a verification whose results are kept in the store, so that any machine can do it.</summary>
/// <param name="Pass">The pass it belongs to.</param>
/// <param name="Stage">The stage; one of the names below.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Keys">What its results are kept under, apart from the weights; units of equal keys are the same work.</param>
/// <param name="Work">Does it.</param>
internal sealed record WorkUnit(VerificationPass Pass, string Stage, string Title, IReadOnlyList<string> Keys, Action<ModelSession, RunContext> Work)
{
    public const string Importance = "importance";
    public const string Reduce = "reduce";
    public const string Regions = "regions";
    public const string Measure = "measure";

    /// <summary>The stages in their order.</summary>
    public static IReadOnlyList<string> Stages { get; } = [Importance, Reduce, Regions, Measure];
}
