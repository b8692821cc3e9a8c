using System.Globalization;
using Repro.Harness.Figures;
using Repro.Report.Model;
using Repro.Report.Plots;

namespace Repro.Report.Html;

/// <summary>A figure with its legend, its caption and its numbers.</summary>
internal static class FigureBlock
{
    /// <summary>The figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="id">Its id in the page.</param>
    /// <param name="checkpoint">Whose numbers they are, or null where that needs no saying.</param>
    public static Markup Of(Figure figure, string id, string? checkpoint)
    {
        IEnumerable<Markup> panels = figure.Panels.Where(HasPoints).Select((panel, i) => Panel(figure, panel, string.Create(CultureInfo.InvariantCulture, $"{id}-{i + 1}")));
        return Markup.Of($"""
            <figure id="{id}">
            <h3>{Heading(figure)}{(checkpoint is null ? "" : $" ({checkpoint})")}</h3>
            {(figure.Kind == FigureKind.HeatMap ? Markup.Empty : Legend(figure))}
            <div class="panels {figure.Kind.ToString().ToLowerInvariant()}">{panels}</div>
            <figcaption>{figure.Caption}</figcaption>
            <details><summary>numbers of this figure, with intervals{(FigureTable.HasPaper(figure) ? " and the paper's" : "")}</summary>
            {figure.Panels.Where(HasPoints).Select(panel => FigureTable.Of(figure, panel))}
            </details>
            </figure>

            """);
    }

    // A figure of one experiment stands below that experiment's own title.
    private static string Heading(Figure figure) => figure.Tables.Count == 1 ? $"Perplexity by {figure.Axis}" : figure.Title;

    private static bool HasPoints(FigurePanel panel) => panel.Series.Any(s => s.Points.Count > 0);

    private static Markup Panel(Figure figure, FigurePanel panel, string id)
    {
        Markup title = panel.Title.Length == 0 ? Markup.Empty : Markup.Of($"<h4>{panel.Title}</h4>");
        return Markup.Of($"<div class=\"panel\">{title}<div class=\"plot\">{Markup.Trusted(FigurePlot.Draw(figure, panel, id))}</div></div>\n");
    }

    // Panels of a figure draw the same series in the same order.
    private static Markup Legend(Figure figure)
    {
        IEnumerable<string> names = figure.Panels.MaxBy(p => p.Series.Count)?.Series.Select(s => s.Name) ?? [];
        return Markup.Of($"<ul class=\"legend\">{names.Select((name, i) => Markup.Of($"<li><span class=\"s{i % Svg.SeriesColors + 1}\" aria-hidden=\"true\">{FigurePlot.Glyph(i)}</span> {Numbers.Unbroken(name)}</li>"))}</ul>");
    }
}
