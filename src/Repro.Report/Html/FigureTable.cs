using Repro.Harness.Figures;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>The numbers of a figure's panel: a row for each place on its axis, and for each series what was measured beside what the paper has.</summary>
internal static class FigureTable
{
    /// <summary>Whether the paper has a number of a figure.</summary>
    public static bool HasPaper(Figure figure) => figure.Panels.SelectMany(p => p.Series).SelectMany(s => s.Points).Any(p => p.Nats.Paper is not null || p.Increase?.Paper is not null);

    /// <summary>The table.</summary>
    public static Markup Of(Figure figure, FigurePanel panel)
    {
        bool hasPaper = HasPaper(figure);
        bool factors = figure.Kind == FigureKind.HeatMap;
        string unit = factors ? "factor of perplexity" : "perplexity";
        string name = panel.Title.Length == 0 ? figure.Title : $"{figure.Title}, {panel.Title}";
        string[] labels = [.. panel.Series.SelectMany(s => s.Points).Select(p => p.Label).Distinct()];
        Markup heading = panel.Title.Length == 0 ? Markup.Empty : Markup.Of($"<h4>{panel.Title}, {unit}</h4>");
        return Markup.Of($"{heading}{Tables.Of($"Numbers of: {name}", Tables.Cells([figure.Axis, .. panel.Series.SelectMany(s => hasPaper ? new[] { s.Name, "paper" } : [s.Name])]), labels.Select(Row))}");

        IEnumerable<Markup> Row(string label) =>
        [
            Tables.Text(label),
            .. from series in panel.Series
               let point = series.Points.FirstOrDefault(p => p.Label == label)
               let estimate = factors ? point?.Increase : point?.Nats
               from text in (estimate is null ? ["–", "–"] : Texts(estimate, factors)).Take(hasPaper ? 2 : 1)
               select Tables.Text(text),
        ];
    }

    private static string[] Texts(Estimate estimate, bool factors) =>
    [
        factors ? Numbers.FactorInterval(estimate) : Numbers.PerplexityInterval(estimate),
        estimate.Paper is not { } paper ? "–" : factors ? Numbers.Factor(paper) : Numbers.Perplexity(paper),
    ];
}
