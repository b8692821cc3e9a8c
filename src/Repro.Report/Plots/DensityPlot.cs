using Repro.Harness.Measuring;
using Repro.Report.Model;
using ScottPlot;

namespace Repro.Report.Plots;

/// <summary>Draws a density map of Figure 2 with the profile of its columns above it and that of its rows beside it.</summary>
internal static class DensityPlot
{
    private const int Size = 230;
    private const double Gap = 0.03;
    private const double Profile = 0.25;

    /// <summary>The map as an inline SVG.</summary>
    /// <param name="map">The map.</param>
    /// <param name="id">A prefix that is unique in the page.</param>
    public static string Draw(DensityMap map, string id)
    {
        int rows = map.Density.Length;
        int columns = map.Density[0].Length;
        double[,] values = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                values[row, column] = map.Density[row][column];
        }

        Plot plot = Svg.NewPlot();
        plot.HideGrid();
        plot.HideAxesAndGrid();
        ScottPlot.Plottables.Heatmap heat = plot.Add.Heatmap(values);
        heat.Colormap = new ScottPlot.Colormaps.Viridis();
        heat.Extent = new CoordinateRect(0, 1, 0, 1);
        double[] byColumn = ByColumn(map);
        double[] byRow = ByRow(map);
        double most = Math.Max(byColumn.Max(), byRow.Max());
        double scale = most == 0 ? 0 : Profile / most;
        Line(plot, [.. byColumn.Select((v, i) => new Coordinates((i + 0.5) / columns, 1 + Gap + (v * scale)))]);
        Line(plot, [.. byRow.Select((v, i) => new Coordinates(1 + Gap + (v * scale), 1 - ((i + 0.5) / rows)))]);
        plot.Axes.SetLimits(0, 1 + Gap + Profile, 0, 1 + Gap + Profile);
        plot.Layout.Frameless();
        double densest = map.Density.Max(row => row.Max());
        return Svg.Of(
            plot,
            Size,
            Size,
            id,
            $"Density of the core region in {map.Matrix}: densest block {Numbers.Percent(densest)}, densest row of blocks {Numbers.Percent(byRow.Max())} and column {Numbers.Percent(byColumn.Max())} on average.");
    }

    /// <summary>Mean density of each row of blocks.</summary>
    public static double[] ByRow(DensityMap map) => [.. map.Density.Select(row => row.Average())];

    /// <summary>Mean density of each column of blocks.</summary>
    public static double[] ByColumn(DensityMap map) => [.. Enumerable.Range(0, map.Density[0].Length).Select(c => map.Density.Average(row => row[c]))];

    private static void Line(Plot plot, Coordinates[] points)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(points);
        (line.Color, line.LineWidth) = (Svg.Series(0), 1.5f);
    }
}
