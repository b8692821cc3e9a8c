using System.Globalization;
using Repro.Harness.Atlases;
using Repro.Report.Html;

namespace Repro.Report.Atlases;

/// <summary>Draws the tree of languages, with the groups of each leaf beside it.</summary>
internal static class TreeDrawing
{
    private const int RowHeight = 22;
    private const int TreeWidth = 300;
    private const int NameAt = TreeWidth + 12;
    private const int GroupsAt = NameAt + 110;
    private const int GroupWidth = 140;
    private const int Top = 34;

    /// <summary>The drawing.</summary>
    public static Markup Of(Atlas atlas)
    {
        List<string> lines = [];
        double largest = Math.Max(atlas.Tree.Distance, 1e-9);
        int leaves = 0;
        (double X, double Y) Draw(LanguageTree tree)
        {
            if (tree.Code is not null)
                return (TreeWidth, Top + (RowHeight * leaves++));
            (double X, double Y) first = Draw(tree.First!);
            (double X, double Y) second = Draw(tree.Second!);
            double x = TreeWidth - (tree.Distance / largest * (TreeWidth - 10));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"M{first.X:0.#} {first.Y:0.#}H{x:0.#}V{second.Y:0.#}H{second.X:0.#}"));
            return (x, (first.Y + second.Y) / 2);
        }

        Draw(atlas.Tree);
        string[] groupings = [.. AtlasPage.Groupings(atlas)];
        int width = GroupsAt + (GroupWidth * groupings.Length);
        int height = Top + (RowHeight * leaves);
        return Markup.Of($"""
            <div class="plot"><svg viewBox="0 0 {width} {height}" style="min-width:{width * 0.7:0}px;max-width:{width}px" role="img" aria-label="{Alternative(atlas)}">
            <path d="{string.Concat(lines)}" fill="none" stroke="var(--muted)" stroke-width="1.5" />
            <g font-size="13" fill="var(--muted)"><text x="{NameAt}" y="12">language</text>{groupings.Select((g, i) => Markup.Of($"<text x=\"{GroupsAt + (GroupWidth * i)}\" y=\"12\">{g}</text>"))}</g>
            <g font-size="13" fill="var(--ink)">{atlas.Languages.Select(Leaf)}</g>
            </svg></div>
            """);

        Markup Leaf(AtlasLanguage language, int row)
        {
            int y = Top + (RowHeight * row) + 4;
            IEnumerable<Markup> groups = groupings.Select((g, i) => Colored(GroupsAt + (GroupWidth * i), y, language.Groups.GetValueOrDefault(g), atlas.Languages.Select(l => l.Groups.GetValueOrDefault(g))));
            return Markup.Of($"<text x=\"{NameAt}\" y=\"{y}\">{language.Name}</text>{groups}\n");
        }
    }

    // What one language has alone is grey; others have a colour each as long as there are some.
    private static Markup Colored(int x, int y, string? group, IEnumerable<string?> all)
    {
        string[] shared = [.. all.OfType<string>().GroupBy(g => g).Where(g => g.Count() > 1).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];
        int place = Array.IndexOf(shared, group);
        string color = place < 0 ? "var(--muted)" : string.Create(CultureInfo.InvariantCulture, $"var(--s{(place % Plots.Svg.SeriesColors) + 1})");
        return Markup.Of($"<text x=\"{x}\" y=\"{y}\" style=\"fill:{color}\">{group ?? "–"}</text>");
    }

    private static string Alternative(Atlas atlas) => $"The languages joined by how alike the regions hurt them; from top to bottom: {string.Join(", ", atlas.Languages.Select(l => l.Name))}.";
}
