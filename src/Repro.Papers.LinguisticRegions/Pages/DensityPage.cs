using System.Globalization;
using System.Text;
using Repro.Harness.Measuring;

namespace Repro.Papers.LinguisticRegions.Pages;

/// <summary>The density maps of Figure 2 as shaded text, each scaled to its own densest block as the paper's figure is.</summary>
public static class DensityPage
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>The page as plain text.</summary>
    public static string Of(IEnumerable<DensityMap> maps)
    {
        StringBuilder text = new("Where the Top 5 % core region lies: share of each 3 x 3 neighbourhood in the region, blocks of the stored matrix [out, in]\n");
        foreach (DensityMap map in maps)
        {
            double most = map.Density.Max(row => row.Max());
            text.Append(CultureInfo.InvariantCulture, $"\n{map.Matrix}, densest block {most:0.00}\n");
            foreach (double[] row in map.Density)
                text.Append([.. row.Select(v => Shades[most == 0 ? 0 : (int)Math.Min(Shades.Length - 1, v / most * Shades.Length)])]).Append('\n');
        }

        return text.ToString();
    }
}
