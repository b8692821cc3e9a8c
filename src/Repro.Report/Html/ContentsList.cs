using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>The table of contents: beside the page where there is room, folded above it elsewhere.</summary>
internal static class ContentsList
{
    /// <summary>The list.</summary>
    public static Markup Of(Results results, IReadOnlyList<PaperPart> parts) => Markup.Of($"""
        <nav aria-label="Contents"><details id="contents"><summary>Contents</summary>
        <ol>
        <li><a href="#top">Outcome</a></li>
        <li><a href="#matrix">Verdicts</a></li>
        {(results.Checkpoints.Count > 1 ? Markup.Of($"<li><a href=\"#checkpoints\">Checkpoints side by side</a></li>\n") : Markup.Empty)}
        {parts.Select(p => Markup.Of($"<li class=\"part\"><a href=\"#{Anchors.Part(p.Name)}\">{p.Name}</a></li>\n"))}
        {(results.Verified().Any(c => c.Report.Untrained is not null || c.Report.Robustness is not null) ? Markup.Of($"<li><a href=\"#controls\">Controls</a></li>\n") : Markup.Empty)}
        <li><a href="#provenance">Provenance</a></li>
        </ol>
        </details></nav>

        """);
}
