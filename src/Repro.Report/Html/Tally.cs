using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>A checkpoint's verdicts at a glance: how many of each kind, and one mark for each claim.</summary>
internal static class Tally
{
    /// <summary>The glance over every checkpoint.</summary>
    public static Markup Of(Results results, IReadOnlyList<PaperPart> parts) =>
        Markup.Of(results.Checkpoints.Select((checkpoint, index) => Checkpoint(checkpoint, index, results.Checkpoints.Count > 1, parts)));

    private static Markup Checkpoint(CheckpointResults checkpoint, int index, bool several, IReadOnlyList<PaperPart> parts)
    {
        Markup name = several ? Markup.Of($"<h2>{checkpoint.Name}</h2>\n") : Markup.Empty;
        if (checkpoint.Report is not { } report)
            return Markup.Of($"<div class=\"tally\">{name}<p class=\"error\"><b>! Not verified.</b> {checkpoint.Error}</p></div>\n");
        return Markup.Of($"""
            <div class="tally">
            {name}<ul class="counts{(several ? " small" : "")}">{Enum.GetValues<VerdictKind>().Select(kind => Count(kind, report.Verdicts))}</ul>
            <div class="glance">{parts.Select(part => Glance(part, index))}</div>
            <p class="expectation">{Outcome.Expectation(report)} {Outcome.ByChance(report)}</p>
            </div>

            """);
    }

    private static Markup Count(VerdictKind kind, IReadOnlyList<ReportedVerdict> verdicts)
    {
        int count = verdicts.Count(v => v.Verdict == kind);
        return count == 0 ? Markup.Empty : Markup.Of($"<li class=\"{VerdictMark.Class(kind)}\"><b>{count}</b> <span><span aria-hidden=\"true\">{VerdictWords.Symbol(kind)}</span> {VerdictWords.Of(kind)}</span></li>");
    }

    private static Markup Glance(PaperPart part, int checkpoint) => Markup.Of(
        $"<span class=\"group\"><a href=\"#{Anchors.Part(part.Name)}\">{part.Name}</a> <span class=\"marks\">{part.Claims.Select(claim => Mark(claim, checkpoint))}</span></span>\n");

    private static Markup Mark(JudgedClaim claim, int checkpoint) => claim.Verdicts[checkpoint] is not { } verdict
        ? Markup.Empty
        : Markup.Of($"<a class=\"mark {VerdictMark.Class(verdict.Verdict)}\" href=\"#{Anchors.Claim(claim.Stated.Id)}\" title=\"{claim.Stated.Sentence}: {VerdictWords.Of(verdict.Verdict)}\" aria-label=\"{claim.Stated.Sentence}: {VerdictWords.Of(verdict.Verdict)}\">{VerdictWords.Symbol(verdict.Verdict)}</a>");
}
