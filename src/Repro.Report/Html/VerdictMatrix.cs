using System.Globalization;
using Repro.Harness.Reporting;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>Claims by checkpoints, the paper's own numbers before them.</summary>
internal static class VerdictMatrix
{
    /// <summary>The section: every claim with what was found, and a verdict for each checkpoint.</summary>
    public static Markup Of(Results results, IReadOnlyList<PaperPart> parts)
    {
        bool several = results.Checkpoints.Count > 1;
        IEnumerable<Markup> names = results.Checkpoints.Select(c => Markup.Of($"<th scope=\"col\">{(several ? c.Name : "verdict")}</th>"));
        return Markup.Of($"""
            <section id="matrix">
            <h2>Verdicts</h2>
            {Tables.Box("Verdict of every claim on every checkpoint", Markup.Of($"""
                <table class="matrix{(several ? "" : " single")}">
                <thead><tr><th scope="col">claim</th><th scope="col">paper</th>{names}</tr></thead>
                {parts.Select(part => Body(part, results))}
                </table>
                """))}
            </section>

            """);
    }

    private static Markup Body(PaperPart part, Results results) => Markup.Of($"""
        <tbody>
        <tr class="part"><th scope="rowgroup" colspan="{(results.Checkpoints.Count + 2).ToString(CultureInfo.InvariantCulture)}"><a href="#{Anchors.Part(part.Name)}">{part.Name}</a> <span>{Numbers.Unbroken(part.Title)}</span></th></tr>
        {part.Claims.Select(claim => Row(claim, results))}
        </tbody>

        """);

    private static Markup Row(JudgedClaim claim, Results results)
    {
        string found = results.Checkpoints.Count == 1 ? FoundSentence.Of(claim.Stated) : FoundSentence.Across(claim);
        return Markup.Of($"""
            <tr><th scope="row"><a href="#{Anchors.Claim(claim.Stated.Id)}">{claim.Stated.Sentence}</a><p>{found}</p></th>{Paper(claim.Stated)}{claim.Verdicts.Zip(results.Checkpoints, (verdict, checkpoint) => Cell(claim, verdict, checkpoint))}</tr>

            """);
    }

    private static Markup Paper(ReportedVerdict stated) =>
        Markup.Of($"<td class=\"paper\" data-paper=\"{stated.Id}\"><a href=\"#{Anchors.Claim(stated.Id)}\">{VerdictMark.Badge(stated.Paper)}</a></td>");

    private static Markup Cell(JudgedClaim claim, ReportedVerdict? verdict, CheckpointResults checkpoint) => verdict is null
        ? Markup.Of($"<td><span class=\"badge none\">– {(checkpoint.Error is null ? "not asked" : "no result")}</span></td>")
        : Markup.Of($"<td data-claim=\"{claim.Stated.Id}\" data-checkpoint=\"{checkpoint.Name}\"><a href=\"#{Anchors.Claim(claim.Stated.Id)}\">{VerdictMark.Badge(verdict.Verdict)}</a>{VerdictMark.Unexpected(verdict, checkpoint)}</td>");
}
