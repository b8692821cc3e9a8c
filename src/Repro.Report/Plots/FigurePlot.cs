using Repro.Harness.Figures;
using Repro.Report.Model;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Repro.Report.Plots;

/// <summary>Draws a panel of a figure.</summary>
internal static class FigurePlot
{
    private const int CategoryWidth = 500;
    private const int CurveWidth = 430;
    private const int CurveHeight = 300;
    private const float MarkerSize = 7;
    private const float SmallestMark = 5;

    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown, MarkerShape.Cross];

    /// <summary>The mark of a series, for its legend.</summary>
    public static string Glyph(int series) => new[] { "●", "■", "▲", "◆", "▼", "✚" }[series % Shapes.Length];

    /// <summary>The panel as an inline SVG.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="id">A prefix that is unique in the page.</param>
    public static string Draw(Figure figure, FigurePanel panel, string id) => figure.Kind switch
    {
        FigureKind.Categories => Categories(figure, panel, id),
        FigureKind.Curves => Curves(figure, panel, id),
        _ => HeatMap(figure, panel, id),
    };

    private static string Categories(Figure figure, FigurePanel panel, string id)
    {
        const int RowHeight = 24;
        const int UsualLabel = 12;
        const int LetterWidth = 7;
        Plot plot = Svg.NewPlot();
        string[] labels = Labels(panel);
        LogAxis axis = new(Extent(panel));
        for (int s = 0; s < panel.Series.Count; s++)
        {
            double shift = (s - ((panel.Series.Count - 1) / 2.0)) * 0.6 / Math.Max(1, panel.Series.Count - 1);
            foreach (FigurePoint point in panel.Series[s].Points)
                Mark(plot, s, point.Nats, MarkerSize, nats => new Coordinates(LogAxis.At(nats), -Array.IndexOf(labels, point.Label) - shift));
        }

        plot.Axes.SetLimits(axis.Low, axis.High, -labels.Length + 0.4, 0.6);
        plot.Axes.Bottom.TickGenerator = axis.Ticks();
        plot.Axes.Left.TickGenerator = new NumericManual([.. Enumerable.Range(0, labels.Length).Select(i => (double)-i)], labels);
        plot.Axes.Bottom.Label.Text = "perplexity";
        return Svg.Of(plot, CategoryWidth + (LetterWidth * Math.Max(0, labels.Max(l => l.Length) - UsualLabel)), 70 + (RowHeight * labels.Length), id, Alternative(figure, panel));
    }

    private static string Curves(Figure figure, FigurePanel panel, string id)
    {
        Plot plot = Svg.NewPlot();
        LogAxis axis = new(Extent(panel));
        NumberAxis numbers = new(panel.Series.SelectMany(s => s.Points).Select(p => p.X ?? 0));
        for (int s = 0; s < panel.Series.Count; s++)
        {
            FigurePoint[] points = [.. panel.Series[s].Points.Where(p => LogAxis.Holds(p.Nats.Value) && double.IsFinite(p.X ?? 0))];
            if (points.Length == 0)
                continue;
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(points.Select(p => new Coordinates(numbers.At(p.X ?? 0), LogAxis.At(p.Nats.Value))).ToArray());
            (line.Color, line.LineWidth, line.LinePattern) = (Svg.Series(s), 1.5f, s % 4 < 2 ? LinePattern.Solid : LinePattern.Dashed);

            // Where curves coincide, the one drawn later leaves the rim of the other.
            float size = Math.Max(SmallestMark, MarkerSize + 1 - s);
            foreach (FigurePoint point in points)
                Mark(plot, s, point.Nats, size, nats => new Coordinates(numbers.At(point.X ?? 0), LogAxis.At(nats)));
        }

        plot.Axes.SetLimits(numbers.Low, numbers.High, axis.Low, axis.High);
        plot.Axes.Left.TickGenerator = axis.Ticks();
        plot.Axes.Bottom.TickGenerator = numbers.Ticks();
        plot.Axes.Bottom.Label.Text = figure.Axis;
        plot.Axes.Left.Label.Text = "perplexity";
        plot.Axes.Left.MinimumSize = 72;
        return Svg.Of(plot, CurveWidth, CurveHeight, id, Alternative(figure, panel));
    }

    private static string HeatMap(Figure figure, FigurePanel panel, string id)
    {
        const int CellWidth = 50;
        const int CellHeight = 34;
        Plot plot = Svg.NewPlot();
        string[] columns = Labels(panel);
        double most = Math.Max(0.1, panel.Series.SelectMany(s => s.Points).Select(p => p.Increase?.Value ?? 0).Where(double.IsFinite).DefaultIfEmpty(0).Max());
        for (int row = 0; row < panel.Series.Count; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                double increase = panel.Series[row].Points.FirstOrDefault(p => p.Label == columns[column])?.Increase?.Value ?? double.NaN;
                ScottPlot.Plottables.Rectangle cell = plot.Add.Rectangle(column - 0.5, column + 0.5, -row - 0.5, -row + 0.5);
                cell.FillColor = Svg.Accent.WithAlpha(0.65 * Math.Clamp(double.IsNaN(increase) ? 1 : increase / most, 0, 1));
                (cell.LineColor, cell.LineWidth) = (Svg.Line, 1);
                ScottPlot.Plottables.Text label = plot.Add.Text(Numbers.Factor(increase)[1..], column, -row);
                (label.LabelFontColor, label.LabelFontSize, label.LabelAlignment) = (Svg.Ink, 12, Alignment.MiddleCenter);
            }
        }

        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, columns.Length - 0.5, -panel.Series.Count + 0.5, 0.5);
        plot.Axes.Left.TickGenerator = new NumericManual([.. Enumerable.Range(0, panel.Series.Count).Select(i => (double)-i)], [.. panel.Series.Select(s => s.Name)]);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(0, columns.Length).Select(i => (double)i)], columns);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -45;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.MinimumSize = 80;
        return Svg.Of(plot, 110 + (CellWidth * columns.Length), 100 + (CellHeight * panel.Series.Count), id, Alternative(figure, panel));
    }

    private static void Mark(Plot plot, int series, Estimate nats, float size, Func<double, Coordinates> place)
    {
        if (!LogAxis.Holds(nats.Value))
            return;
        if (LogAxis.Holds(nats.Low) && LogAxis.Holds(nats.High))
        {
            ScottPlot.Plottables.LinePlot interval = plot.Add.Line(place(nats.Low), place(nats.High));
            (interval.Color, interval.LineWidth, interval.MarkerSize) = (Svg.Series(series), 1, 0);
        }

        ScottPlot.Plottables.Marker mark = plot.Add.Marker(place(nats.Value), Shapes[series % Shapes.Length], size, Svg.Series(series));
        mark.MarkerLineWidth = 1.5f;
    }

    private static string[] Labels(FigurePanel panel) => [.. panel.Series.SelectMany(s => s.Points).Select(p => p.Label).Distinct()];

    private static IEnumerable<double> Extent(FigurePanel panel) => panel.Series.SelectMany(s => s.Points).SelectMany(p => new[] { p.Nats.Low, p.Nats.Value, p.Nats.High });

    // What a reader who does not see the plot is told: where each series lies. The numbers themselves stand in the table beside it.
    private static string Alternative(Figure figure, FigurePanel panel)
    {
        string unit = figure.Kind == FigureKind.HeatMap ? "factor of perplexity" : "perplexity";
        IEnumerable<string> ranges = panel.Series.Select(s =>
        {
            double[] values = [.. s.Points.Select(p => figure.Kind == FigureKind.HeatMap ? p.Increase?.Value ?? double.NaN : p.Nats.Value).Where(double.IsFinite)];
            return values.Length == 0 ? $"{s.Name} without a number" : $"{s.Name} from {Numbers.Perplexity(values.Min())} to {Numbers.Perplexity(values.Max())}";
        });
        string title = panel.Title.Length == 0 ? figure.Title : $"{figure.Title}, {panel.Title}";
        return $"{title}; {unit} by {figure.Axis}: {string.Join("; ", ranges)}.";
    }
}
