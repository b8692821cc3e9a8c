using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Repro.Report.Plots;

/// <summary>Makes a plot an inline SVG whose colours are those of the page, light or dark, and which scales with it.</summary>
internal static partial class Svg
{
    /// <summary>Number of colours for series.</summary>
    public const int SeriesColors = 6;

    // How far a drawing may grow where there is room, and shrink where there is not before it scrolls.
    private const double Largest = 1.2;
    private const double Smallest = 0.62;

    private static readonly (string Drawn, string Shown)[] Colors =
    [
        ("#010203", "var(--ink)"),
        ("#010204", "var(--muted)"),
        ("#010205", "var(--line)"),
        ("#010206", "var(--accent)"),
        .. Enumerable.Range(0, SeriesColors).Select(i => ($"#02010{i + 1}", $"var(--s{i + 1})")),
    ];

    /// <summary>Text and axes.</summary>
    public static Color Ink { get; } = Color.FromHex(Colors[0].Drawn);

    /// <summary>Lines of the grid.</summary>
    public static Color Line { get; } = Color.FromHex(Colors[2].Drawn);

    /// <summary>The fill of a heat map.</summary>
    public static Color Accent { get; } = Color.FromHex(Colors[3].Drawn);

    /// <summary>The colour of a series.</summary>
    public static Color Series(int index) => Color.FromHex(Colors[4 + (index % SeriesColors)].Drawn);

    /// <summary>A plot in the page's colours, with nothing in it.</summary>
    public static Plot NewPlot()
    {
        Plot plot = new();
        plot.FigureBackground.Color = ScottPlot.Colors.Transparent;
        plot.DataBackground.Color = ScottPlot.Colors.Transparent;
        plot.Axes.Color(Ink);
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Grid.MajorLineColor = Line;
        plot.HideLegend();
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.FontSize = 13;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = 13;
        }

        return plot;
    }

    /// <summary>The plot as an inline SVG.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="width">Its width in the page, where there is room; pixels.</param>
    /// <param name="height">Its height; pixels.</param>
    /// <param name="id">A prefix that is unique in the page.</param>
    /// <param name="alternative">What it shows, in words.</param>
    public static string Of(Plot plot, int width, int height, string id, string alternative)
    {
        string svg = plot.GetSvgXml(width, height);
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        svg = svg[(svg.IndexOf('>', StringComparison.Ordinal) + 1)..];
        svg = WithOwnIdentifiers(svg, id);
        svg = FontFamily().Replace(svg, "");
        svg = TextBlanks().Replace(svg, match => match.Value.Trim());
        svg = LineBreaks().Replace(svg, "");
        foreach ((string drawn, string shown) in Colors)
            svg = svg.Replace(drawn, shown, StringComparison.OrdinalIgnoreCase);
        return string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 {width} {height}\" style=\"min-width:{width * Smallest:0}px;max-width:{width * Largest:0}px\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(alternative)}\">{svg}");
    }

    // The drawing library numbers its parts through the whole process.
    private static string WithOwnIdentifiers(string svg, string id)
    {
        Dictionary<string, int> parts = [];
        return Identifier().Replace(svg, match =>
        {
            parts.TryAdd(match.Groups[2].Value, parts.Count);
            return $"{match.Groups[1].Value}{id}-{parts[match.Groups[2].Value].ToString(CultureInfo.InvariantCulture)}";
        });
    }

    [GeneratedRegex("""(id="|url\(#|href="#)((?:cl|img|gr)_\w+)""")]
    private static partial Regex Identifier();

    [GeneratedRegex(" font-family=\"[^\"]*\"")]
    private static partial Regex FontFamily();

    [GeneratedRegex("(?<=>)\\s+[^<\\s][^<]*(?=</text>)")]
    private static partial Regex TextBlanks();

    [GeneratedRegex(@"[\r\n]\s*")]
    private static partial Regex LineBreaks();
}
