using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Report.Model;

namespace Repro.Report.Findings;

/// <summary>What results come to, in a line or two.</summary>
internal static class Outcome
{
    /// <summary>The counts of every checkpoint together, or of the only one.</summary>
    public static string Of(Results results)
    {
        (string Name, VerificationReport Report)[] verified = [.. results.Verified()];
        if (verified.Length == 0)
            return results.Checkpoints.Count == 0 ? "There is nothing to report." : "No checkpoint could be verified.";
        if (results.Checkpoints.Count == 1)
            return $"{Counts(verified[0].Report.Verdicts)}.";
        int failed = results.Checkpoints.Count - verified.Length;
        int claims = JudgedClaim.All(results).Count;
        int differing = results.Changes.Select(c => c.Claim).Distinct().Count();
        string change = verified.Length == 1 ? "" : differing == 0 ? "Every claim has the same verdict on all of them." : $"{differing} {(differing == 1 ? "claim has" : "claims have")} another verdict than on {verified[0].Name}.";
        string lost = failed == 0 ? "" : $"{failed} of {results.Checkpoints.Count} checkpoints could not be verified.";
        return string.Join(' ', new[] { $"{Number(claims, "claim")} on {Number(verified.Length, "checkpoint")}.", change, lost }.Where(s => s.Length > 0));
    }

    /// <summary>How many of a checkpoint's claims have which verdict.</summary>
    public static string Counts(IReadOnlyCollection<ReportedVerdict> verdicts)
    {
        int holding = verdicts.Count(v => v.Verdict == VerdictKind.Holds);
        string[] others =
        [
            .. from kind in new[] { VerdictKind.Fails, VerdictKind.Inconclusive, VerdictKind.NotApplicable }
               let count = verdicts.Count(v => v.Verdict == kind)
               where count > 0
               select kind == VerdictKind.Fails ? $"{count} {(count == 1 ? "fails" : "fail")}" : $"{count} {(count == 1 ? "is" : "are")} {VerdictWords.Of(kind)}",
        ];
        string kinds = verdicts.Count == 0 ? "" : $" ({VerdictText.HoldingByKind(verdicts.Select(v => (v.Kind, v.Verdict)))})";
        return string.Join(", ", others.Prepend($"{holding} of {Number(verdicts.Count, "claim")} {(holding == 1 ? "holds" : "hold")}")) + kinds;
    }

    /// <summary>How many effects would hold by chance; nothing where fewer than two are claimed.</summary>
    public static string ByChance(VerificationReport report) => report.Verdicts.Count(v => v.Kind == ClaimKind.Effect) is > 1 and int effects ? VerdictText.ByChance(effects) : "";

    /// <summary>Whether that is what the profile expects.</summary>
    public static string Expectation(VerificationReport report)
    {
        int unexpected = report.Verdicts.Count(v => v.Expected is { } expected && expected != v.Verdict);
        int differing = report.GoldenDifferences?.Count(d => d.Value.Count > 0) ?? 0;
        return report switch
        {
            { AsExpected: true, GoldenDifferences: null } => "Every claim was expected to hold, and does.",
            { AsExpected: true } => "Every verdict is the expected one, and every golden matches.",
            { GoldenDifferences: null } => "There are no goldens for this checkpoint: every claim was expected to hold.",
            _ => $"{Number(unexpected, "verdict")} {(unexpected == 1 ? "is" : "are")} not the expected one, and {Number(differing, "golden")} {(differing == 1 ? "differs" : "differ")}.",
        };
    }

    private static string Number(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
