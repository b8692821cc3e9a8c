using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>A claim: what it says, what was found, and every number behind it.</summary>
internal static class ClaimArticle
{
    private const int FewRows = 8;

    /// <summary>The article.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="results">Gives the checkpoints' names.</param>
    public static Markup Of(JudgedClaim claim, Results results) => Markup.Of($"""
        <article class="claim" id="{Anchors.Claim(claim.Stated.Id)}">
        <h3>{claim.Stated.Sentence}</h3>
        {results.Checkpoints.Zip(claim.Verdicts, (checkpoint, verdict) => Found(checkpoint, verdict, results.Checkpoints.Count > 1))}
        <p class="found"><b class="name">the paper’s own numbers</b> {VerdictMark.Badge(claim.Stated.Paper)} {FoundSentence.Of(claim.Stated.Paper)}</p>
        {Details(claim, results)}
        </article>

        """);

    private static Markup Found(CheckpointResults checkpoint, ReportedVerdict? verdict, bool named)
    {
        if (verdict is null)
            return Markup.Empty;
        Markup name = named ? Markup.Of($"<b class=\"name\">{checkpoint.Name}</b> ") : Markup.Empty;
        return Markup.Of($"<p class=\"found\">{name}{VerdictMark.Badge(verdict.Verdict)} {VerdictMark.Unexpected(verdict, checkpoint)} {FoundSentence.Of(verdict)}</p>\n");
    }

    private static Markup Details(JudgedClaim claim, Results results)
    {
        int rows = claim.Labels.Count();
        string open = rows is > 0 and <= FewRows ? " open=\"open\"" : "";
        string count = rows == 1 ? "the number" : $"all {rows} rows";
        return rows == 0 ? Rationale(claim.Stated) : Markup.Of($"""
            <details{Markup.Trusted(open)}><summary>{count}, the paper’s beside the measured</summary>
            {ClaimTable.Of(claim, results)}
            {Rationale(claim.Stated)}
            {results.Checkpoints.Zip(claim.Verdicts, (checkpoint, verdict) => Gates(checkpoint.Name, verdict, results.Checkpoints.Count > 1))}
            </details>
            """);
    }

    private static Markup Rationale(ReportedVerdict verdict)
    {
        Markup own = verdict.Rows.Any(r => r.OwnBound is not null) ? Markup.Of($" Bounds of single rows: {ClaimEvaluator.OwnBoundRationale}.") : Markup.Empty;
        string corrected = Numbers.Percent((1 - verdict.CorrectedLevel) / 2);
        Markup level = verdict.Rows.Count switch
        {
            0 => Markup.Empty,
            1 => Markup.Of($" The interval leaves 5 % on each side."),
            _ when verdict.AnyRow => Markup.Of($" Each interval leaves {corrected} on each side, corrected for {verdict.Rows.Count} rows, and the claim holds when one lies inside the bound; it fails when all lie outside that leave 5 %."),
            _ => Markup.Of($" Each interval leaves 5 % on each side, and the claim holds when all lie inside the bound; it fails when one lies outside that leaves {corrected}, corrected for {verdict.Rows.Count} rows."),
        };
        return Markup.Of($"<p class=\"why\"><b>Why this bound.</b> {verdict.Rationale}{own}{level}</p>\n");
    }

    private static Markup Gates(string checkpoint, ReportedVerdict? verdict, bool named)
    {
        if (verdict is not { Gates.Count: > 0 })
            return Markup.Empty;
        IEnumerable<Markup> gates = verdict.Gates.Select(g =>
            Markup.Of($"<li>{VerdictMark.Symbol(g.Passed ? VerdictKind.Holds : VerdictKind.Fails)} <b>{g.Name}</b> {(g.Passed ? "passed" : "not passed")}: {g.Detail}</li>\n"));
        return Markup.Of($"<p class=\"why\"><b>Before an explosion is believed{(named ? $" on {checkpoint}" : "")}:</b></p>\n<ul class=\"gates\">{gates}</ul>\n");
    }
}
