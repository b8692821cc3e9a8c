using System.ComponentModel.DataAnnotations;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Verification;

namespace Repro.Harness.Reporting;

/// <summary>A verdict in the JSON report.</summary>
/// <param name="Id">The claim's id.</param>
/// <param name="Table">The paper's table.</param>
/// <param name="TableId">Id of the table it rests on.</param>
/// <param name="Sentence">The claim.</param>
/// <param name="Kind">What it says there is.</param>
/// <param name="Statistic">What the numbers are.</param>
/// <param name="Above">Lower bound, where there is one.</param>
/// <param name="Below">Upper bound, where there is one.</param>
/// <param name="Rationale">Why the bound is there.</param>
/// <param name="Paper">What the paper's own numbers say.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Expected">The verdict that the profile expects, where it expects one.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="CorrectedLevel">Level of each row's interval that is corrected for the number of rows; that of the other is 0.9.</param>
/// <param name="Rows">The numbers.</param>
/// <param name="Gates">The explosion gate.</param>
public sealed record ReportedVerdict(
    string Id,
    string Table,
    string TableId,
    string Sentence,
    ClaimKind Kind,
    string Statistic,
    double? Above,
    double? Below,
    string Rationale,
    PaperOutcome Paper,
    VerdictKind Verdict,
    VerdictKind? Expected,
    string Reason,
    [Range(0.0, 1.0)] double CorrectedLevel,
    IReadOnlyList<VerdictRow> Rows,
    IReadOnlyList<Gate> Gates)
{
    /// <summary>Whether one row in the bound is enough; otherwise all must lie in it.</summary>
    public bool AnyRow { get; init; }
}

/// <summary>Everything a verification says, as one JSON object.</summary>
/// <param name="Provenance">What it was measured on.</param>
/// <param name="AsExpected">Whether every verdict is the expected one and every golden matches.</param>
/// <param name="Verdicts">The verdicts.</param>
/// <param name="GoldenDifferences">Differences by golden; null where the goldens do not apply.</param>
/// <param name="Tables">The measured tables.</param>
/// <param name="Robustness">Verdicts under other readings; null where they were not asked for.</param>
/// <param name="Untrained">Verdicts on an untrained checkpoint; null where they were not asked for.</param>
public sealed record VerificationReport(
    Provenance Provenance,
    bool AsExpected,
    IReadOnlyList<ReportedVerdict> Verdicts,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? GoldenDifferences,
    IReadOnlyList<TableResult> Tables,
    RobustnessGolden? Robustness,
    UntrainedGolden? Untrained)
{
    /// <summary>Puts a report together.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="compared">The result beside its goldens; null where goldens do not apply.</param>
    /// <param name="expected">The verdict that is expected of a claim.</param>
    public static VerificationReport From(VerificationResult result, IReadOnlyList<ComparedGolden>? compared, Func<Claim, VerdictKind?> expected)
    {
        bool asExpected = result.Verdicts.All(v => v.Kind == expected(v.Claim))
            && (compared is null || compared.All(c => c.Differences.Count == 0))
            && result.Untrained is not { Confirmed.Count: > 0 };
        return new VerificationReport(
            result.Provenance,
            asExpected,
            [.. result.Verdicts.Select(v => Report(v, expected(v.Claim)))],
            compared?.ToDictionary(c => c.Name.ToString(), c => c.Differences),
            result.Tables,
            result.Robustness,
            result.Untrained);
    }

    private static ReportedVerdict Report(Verdict verdict, VerdictKind? expected)
    {
        Claim claim = verdict.Claim;
        return new ReportedVerdict(
            claim.Id,
            claim.Table,
            claim.TableId,
            claim.Sentence,
            claim.Kind,
            claim.Statistic,
            double.IsFinite(claim.Bound.Low) ? claim.Bound.Low : null,
            double.IsFinite(claim.Bound.High) ? claim.Bound.High : null,
            claim.Rationale,
            verdict.Paper,
            verdict.Kind,
            expected,
            verdict.Reason,
            verdict.CorrectedLevel,
            verdict.Rows,
            verdict.Gates)
        {
            AnyRow = claim.AnyRow,
        };
    }
}
