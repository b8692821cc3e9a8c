using System.Globalization;
using System.Text;
using Repro.Harness.Figures;
using Repro.Harness.Atlases;
using Repro.Report.Model;

namespace Repro.Report.Atlases;

/// <summary>An atlas for a terminal: of each region what it costs its own language, whom it hurts beside, and the groups.</summary>
public static class AtlasText
{
    private const int Shown = 3;

    /// <summary>The text.</summary>
    public static string Of(Atlas atlas)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{atlas.Languages.Count} languages, {atlas.Profiles.Count} regions of 1 % of every matrix, less the other languages' (Eq. 5)\n");
        foreach (FigureSeries row in atlas.Increases.Panels.SelectMany(p => p.Series))
        {
            Estimate own = row.Points.Single(p => p.Label == row.Name).Increase!;
            IEnumerable<string> others = row.Points.Where(p => p.Label != row.Name).OrderByDescending(p => p.Increase!.Value).Take(Shown).Select(p => $"{p.Label} {Numbers.Factor(p.Increase!.Value)}");
            text.Append(CultureInfo.InvariantCulture, $"{row.Name + " region",-20} {row.Name} {Numbers.FactorInterval(own)}; most beside: {string.Join(", ", others)}\n");
        }

        foreach (GroupDistance group in atlas.Groups)
            text.Append(CultureInfo.InvariantCulture, $"Distance within a {group.Grouping} {group.Within:0.000}, between {group.Between:0.000}; by chance as much in {group.ByChance * 100:0.##} % of orders.\n");
        foreach (string left in atlas.LeftOut)
            text.Append(CultureInfo.InvariantCulture, $"Left out: {left}.\n");
        return text.ToString();
    }
}
