using System.Text;
using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Harness.Verification;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Markdown;

/// <summary>The report as Markdown: verdicts, sentences and tables, no images.</summary>
internal static class MarkdownReport
{
    /// <summary>Its name in a report's folder.</summary>
    public const string Name = "report.md";

    /// <summary>The page.</summary>
    public static string Of(Results results)
    {
        IReadOnlyList<PaperPart> parts = PaperPart.All(results);
        StringBuilder page = new($"# Linguistic regions, verified\n\n{Outcome.Of(results)}\n\n");
        foreach (CheckpointResults checkpoint in results.Checkpoints)
            page.Append(Standing(checkpoint));
        if (parts.Count > 0)
            Matrix(page, results, parts);
        if (results.Checkpoints.Count > 1)
            Audit(page, results);
        foreach (JudgedClaim claim in parts.SelectMany(p => p.Claims))
            Claim(page, claim, results);
        foreach ((string name, VerificationReport report) in results.Verified())
            Controls(page, name, report);
        Provenance(page, results);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Standing(CheckpointResults checkpoint) => checkpoint.Report is { } report
        ? $"- {MarkdownText.Escape(checkpoint.Name)}: {Outcome.Counts(report.Verdicts)}. {$"{Outcome.Expectation(report)} {Outcome.ByChance(report)}".TrimEnd()}\n"
        : $"- {MarkdownText.Escape(checkpoint.Name)}: not verified. {MarkdownText.Escape(checkpoint.Error ?? "")}\n";

    private static void Matrix(StringBuilder page, Results results, IReadOnlyList<PaperPart> parts)
    {
        page.Append("\n## Verdicts\n\n");
        page.Append(MarkdownText.Table(
            ["", "claim", "paper", .. results.Checkpoints.Select(c => c.Name)],
            from part in parts
            from claim in part.Claims
            select (IEnumerable<string>)[part.Name, claim.Stated.Sentence, Cell(claim.Stated.Paper), .. claim.Verdicts.Select(Cell)]));
    }

    private static string Cell(PaperOutcome paper) => $"{VerdictWords.Symbol(paper.Kind)} {VerdictWords.Of(paper)}";

    private static string Cell(ReportedVerdict? verdict)
    {
        if (verdict is null)
            return "–";
        string unexpected = verdict.Expected is { } expected && expected != verdict.Verdict ? $" (expected: {VerdictWords.Of(expected)})" : "";
        return $"{VerdictWords.Symbol(verdict.Verdict)} {VerdictWords.Of(verdict.Verdict)}{unexpected}";
    }

    private static void Audit(StringBuilder page, Results results)
    {
        if (results.Changes.Count > 0)
        {
            page.Append("## What changed verdict\n\n");
            page.Append(MarkdownText.Table(["claim", "checkpoint", "from", "to"], results.Changes.Select(c => new[] { c.Claim, c.Checkpoint, VerdictWords.Of(c.From), VerdictWords.Of(c.To) })));
        }

        if (results.Overlaps.Count > 0)
        {
            page.Append("## Overlap of the core regions\n\n");
            page.Append(MarkdownText.Table(["pair", "share", "Jaccard", "by chance"], results.Overlaps.Select(Overlap)));
        }
    }

    private static string[] Overlap(RegionOverlap overlap) =>
        [$"{overlap.First} and {overlap.Second}", Numbers.Percent(overlap.Ratio), overlap.Jaccard is null ? "shapes differ" : Numbers.Statistic(overlap.Jaccard), Numbers.Statistic(overlap.ByChance)];

    private static void Claim(StringBuilder page, JudgedClaim claim, Results results)
    {
        ReportedVerdict stated = claim.Stated;
        page.Append($"## {MarkdownText.Escape($"{stated.Table}: {stated.Sentence}")}\n\n");
        foreach ((CheckpointResults checkpoint, ReportedVerdict? verdict) in results.Checkpoints.Zip(claim.Verdicts))
        {
            if (verdict is null)
                continue;
            page.Append($"**{MarkdownText.Escape(checkpoint.Name)}: {Cell(verdict)}.** {MarkdownText.Escape(FoundSentence.Of(verdict))}\n\n");
            if (verdict.Rows.Count > 0)
                page.Append(MarkdownText.Table(["", "paper", "measured", "bound", "verdict"], verdict.Rows.Select(row => Row(verdict, row))));
            foreach (Gate gate in verdict.Gates)
                page.Append($"- gate {MarkdownText.Escape(gate.Name)} {(gate.Passed ? "passed" : "NOT PASSED")}: {MarkdownText.Escape(gate.Detail)}\n");
            if (verdict.Gates.Count > 0)
                page.Append('\n');
        }

        page.Append($"**The paper's own numbers: {Cell(stated.Paper)}.** {MarkdownText.Escape(FoundSentence.Of(stated.Paper))}\n\n");
        page.Append($"Numbers: {MarkdownText.Escape(stated.Statistic)}. Why this bound: {MarkdownText.Escape(stated.Rationale)}\n\n");
    }

    private static string[] Row(ReportedVerdict verdict, VerdictRow row) =>
    [
        row.Label,
        Numbers.Statistic(row.Paper),
        Numbers.Interval(row),
        row.OwnBound is { } own ? Numbers.Bound(own) : Numbers.Bound(verdict.Above, verdict.Below),
        $"{VerdictWords.Symbol(row.Kind)} {VerdictWords.Of(row.Kind)}",
    ];

    private static void Controls(StringBuilder page, string name, VerificationReport report)
    {
        if (report.Untrained is null && report.Robustness is null)
            return;
        page.Append($"## Controls, {MarkdownText.Escape(name)}\n\n");
        if (report.Untrained is { } untrained)
        {
            page.Append($"- An untrained model confirms {(untrained.Confirmed.Count == 0 ? "no claim of an effect, as it must not" : $"**{MarkdownText.Escape(string.Join(", ", untrained.Confirmed))}**")}.\n");
            if (untrained.ModelIndependent.Count > 0)
                page.Append($"- It also shows {MarkdownText.Escape(string.Join(", ", untrained.ModelIndependent))}: true of the method, not of what training has made.\n");
        }

        if (report.Robustness is { } robustness)
        {
            page.Append($"- {robustness.Claims.Count - robustness.Dependent.Count} of {robustness.Claims.Count} verdicts are the same under every reading.\n");
            foreach (string sentence in robustness.Dependent)
                page.Append($"  - {MarkdownText.Escape(sentence)}\n");
        }

        page.Append('\n');
    }

    private static void Provenance(StringBuilder page, Results results)
    {
        page.Append("## Provenance\n\n");
        page.Append(MarkdownText.Table(["", ""], ProvenanceEntries.Environment(results.Environment).Select(e => new[] { e.Name, e.Value })));
        foreach ((string name, VerificationReport report) in results.Verified())
            page.Append(MarkdownText.Table(["", name], ProvenanceEntries.Checkpoint(report.Provenance).Select(e => new[] { e.Name, e.Value })));
    }
}
