using System.Globalization;
using Repro.Engine.Models.Architectures;
using Repro.Harness.Measuring;
using Repro.Report.Model;
using Repro.Report.Plots;

namespace Repro.Report.Html;

/// <summary>The density maps of Figure 2.</summary>
internal static class DensityBlock
{
    /// <summary>The maps of one checkpoint, or nothing where it has none.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="id">The figure's id in the page.</param>
    /// <param name="checkpoint">Whose they are, or null where that needs no saying.</param>
    public static Markup Of(IReadOnlyList<DensityMap> maps, string id, string? checkpoint)
    {
        DensityMap[] drawn = [.. maps.Where(m => m.Density.Length > 0 && m.Density.All(row => row.Length > 0 && row.Length == m.Density[0].Length))];
        return drawn.Length == 0 ? Markup.Empty : Markup.Of($"""
            <figure id="{id}">
            <h3>Where the core region lies{(checkpoint is null ? "" : $" ({checkpoint})")}</h3>
            <div class="panels density">{drawn.Select((map, i) => Panel(map, string.Create(CultureInfo.InvariantCulture, $"{id}-{i + 1}")))}</div>
            <figcaption>The share of each weight's 3 × 3 neighbourhood that is in the Top 5 % region, averaged over blocks of the matrix: dark for none, yellow for the densest. The curve above a map is the mean of its columns, the curve beside it that of its rows. Look for bright rows and columns, and for the peaks they make in the curves.</figcaption>
            <details><summary>numbers of this figure</summary>
            {Tables.Of(
                "Densities",
                Tables.Cells("matrix", "mean", "densest block", "densest row of blocks", "densest column of blocks"),
                drawn.Select(map => Tables.Cells(map.Matrix, Numbers.Percent(map.Density.Average(row => row.Average())), Numbers.Percent(map.Density.Max(row => row.Max())), Numbers.Percent(DensityPlot.ByRow(map).Max()), Numbers.Percent(DensityPlot.ByColumn(map).Max()))))}
            </details>
            </figure>

            """);
    }

    private static Markup Panel(DensityMap map, string id) =>
        Markup.Of($"<div class=\"panel\"><h4>{SupportedArchitectures.TitleOf(map.Matrix)}</h4><div class=\"plot\">{Markup.Trusted(DensityPlot.Draw(map, id))}</div></div>\n");
}
