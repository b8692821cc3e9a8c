using Repro.Harness.Claims;

namespace Repro.Harness.Tests.Claims;

/// <summary>A claim of which only what decides it is said.</summary>
internal static class HandMadeClaim
{
    public static Claim Of(string id, Bound bound, params ClaimRow[] rows) => new()
    {
        Id = id,
        Sentence = "",
        Bound = bound,
        Rationale = "",
        Rows = rows,
    };
}
