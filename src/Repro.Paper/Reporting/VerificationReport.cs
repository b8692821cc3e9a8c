using System.ComponentModel.DataAnnotations;
using Repro.Paper.Claims;
using Repro.Paper.Goldens;
using Repro.Paper.Verification;

namespace Repro.Paper.Reporting;

/// <summary>A verdict in the JSON report.</summary>
/// <param name="Id">The claim's id.</param>
/// <param name="Table">The paper's table.</param>
/// <param name="Experiments">The experiments it rests on.</param>
/// <param name="Sentence">The claim.</param>
/// <param name="Statistic">What the numbers are.</param>
/// <param name="Above">Lower bound, where there is one.</param>
/// <param name="Below">Upper bound, where there is one.</param>
/// <param name="Rationale">Why the bound is there.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Expected">The verdict that the profile expects, where it expects one.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Level">Level of each row's interval.</param>
/// <param name="Rows">The numbers.</param>
/// <param name="Gates">The explosion gate.</param>
public sealed record ReportedVerdict(
    string Id, string Table, IReadOnlyList<string> Experiments, string Sentence, string Statistic, double? Above, double? Below, string Rationale, VerdictKind Verdict, VerdictKind? Expected,
    string Reason, [Range(0.0, 1.0)] double Level, IReadOnlyList<VerdictRow> Rows, IReadOnlyList<Gate> Gates);

/// <summary>Everything a verification says, as one JSON object.</summary>
/// <param name="Provenance">What it was measured on.</param>
/// <param name="AsExpected">Whether every verdict is the expected one and every golden matches.</param>
/// <param name="Verdicts">The verdicts.</param>
/// <param name="GoldenDifferences">Differences by golden; null where the goldens do not apply.</param>
/// <param name="Experiments">The measured tables.</param>
/// <param name="Robustness">Verdicts under other readings; null where they were not asked for.</param>
/// <param name="Untrained">Verdicts on an untrained checkpoint; null where they were not asked for.</param>
public sealed record VerificationReport(
    Provenance Provenance, bool AsExpected, IReadOnlyList<ReportedVerdict> Verdicts, IReadOnlyDictionary<string, IReadOnlyList<string>>? GoldenDifferences,
    IReadOnlyList<ExperimentGolden> Experiments, RobustnessGolden? Robustness, UntrainedGolden? Untrained)
{
    /// <summary>Compares a result with what its profile expects.</summary>
    /// <param name="result">The result.</param>
    /// <param name="goldens">The profile's goldens, or null where they do not apply; then every claim is expected to hold.</param>
    public static VerificationReport Of(VerificationResult result, GoldenFolder? goldens)
    {
        ClaimsGolden? expected = goldens?.Read<ClaimsGolden>(ClaimsGolden.Id);
        VerdictKind? Expected(Verdict verdict) => ExpectedOf(verdict, goldens is not null, expected);
        Dictionary<string, IReadOnlyList<string>>? differences = goldens is null ? null : result.Experiments.ToDictionary(e => e.Experiment, goldens.Check);
        if (goldens is not null)
        {
            differences![ClaimsGolden.Id] = goldens.Check(ClaimsGolden.Of(result.Provenance, result.Verdicts));
            if (result.Robustness is { } robustness)
                differences[RobustnessGolden.Id] = goldens.Check(robustness);
            if (result.Untrained is { } untrained)
                differences[UntrainedGolden.Id] = goldens.Check(untrained);
        }

        bool asExpected = result.Verdicts.All(v => v.Kind == Expected(v)) && (differences?.Values.All(d => d.Count == 0) ?? true) && result.Untrained is not { Confirmed.Count: > 0 };
        return new VerificationReport(result.Provenance, asExpected, [.. result.Verdicts.Select(v => Report(v, Expected(v)))], differences, result.Experiments, result.Robustness, result.Untrained);
    }

    /// <summary>The verdict a profile expects of a claim; without goldens every claim is expected to hold.</summary>
    public static VerdictKind? ExpectedOf(Verdict verdict, bool hasGoldens, ClaimsGolden? goldens) =>
        hasGoldens ? goldens?.Claims.GetValueOrDefault(verdict.Claim.Id)?.Verdict : VerdictKind.Holds;

    private static ReportedVerdict Report(Verdict verdict, VerdictKind? expected) => new(
        verdict.Claim.Id,
        verdict.Claim.Table,
        verdict.Claim.Experiments,
        verdict.Claim.Sentence,
        verdict.Claim.Statistic,
        double.IsFinite(verdict.Claim.Bound.Low) ? verdict.Claim.Bound.Low : null,
        double.IsFinite(verdict.Claim.Bound.High) ? verdict.Claim.Bound.High : null,
        verdict.Claim.Rationale,
        verdict.Kind,
        expected,
        verdict.Reason,
        verdict.Level,
        verdict.Rows,
        verdict.Gates);
}
