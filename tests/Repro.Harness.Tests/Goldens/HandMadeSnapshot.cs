using Repro.Harness.Claims;
using Repro.Harness.Goldens;

namespace Repro.Harness.Tests.Goldens;

/// <summary>Claims' goldens that no run has made.</summary>
internal static class HandMadeSnapshot
{
    public static ClaimSnapshot Of(VerdictKind verdict = VerdictKind.Holds, params SnapshotRow[] rows) => new()
    {
        Sentence = "Table 0: It grows",
        Verdict = verdict,
        Statistic = "increase(Top 3 %, First | Second)",
        Bound = "above 0.03",
        Rationale = "more than chance",
        Paper = "Holds: 1 of 1 printed rows",
        Measured = "small, cpu F32",
        Gates = ["passed: base perplexity", "not passed: BOS first"],
        Rows = rows,
    };

    public static SnapshotRow Row(string label) => new(label, 0.5, 0.4, 0.6, 0.3, 0.7, 0.02, 0.7, VerdictKind.Holds);
}
