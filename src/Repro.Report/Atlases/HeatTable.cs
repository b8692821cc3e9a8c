using System.Globalization;
using Repro.Report.Html;

namespace Repro.Report.Atlases;

/// <summary>A table whose cells are shaded by their numbers.</summary>
internal static class HeatTable
{
    /// <summary>The table.</summary>
    /// <param name="name">What it holds, for those who hear the page.</param>
    /// <param name="corner">Heading of the row names.</param>
    /// <param name="columns">Headings of the columns.</param>
    /// <param name="rows">Names of the rows with their numbers, null for a cell without one.</param>
    /// <param name="text">A number as a cell prints it.</param>
    public static Markup Of(string name, string corner, IReadOnlyList<string> columns, IReadOnlyList<(string Name, IReadOnlyList<double?> Values)> rows, Func<double, string> text)
    {
        double most = rows.SelectMany(r => r.Values).OfType<double>().Where(double.IsFinite).DefaultIfEmpty(0).Max();
        Markup Cell(double? value) => value is { } number
            ? Markup.Of($"<td class=\"heat\" style=\"--heat:{Heat(number, most)}%\">{text(number)}</td>")
            : Markup.Of($"<td>–</td>");
        return Tables.Box(name, Markup.Of($"""
            <table class="heats">
            <thead><tr><th scope="col">{corner}</th>{columns.Select(c => Markup.Of($"<th scope=\"col\">{c}</th>"))}</tr></thead>
            <tbody>{rows.Select(r => Markup.Of($"<tr><th scope=\"row\">{r.Name}</th>{r.Values.Select(Cell)}</tr>\n"))}</tbody>
            </table>
            """));
    }

    // Text stays readable on the darkest cell.
    private static string Heat(double value, double most) =>
        (65 * Math.Clamp(double.IsFinite(value) && most > 0 ? value / most : 1, 0, 1)).ToString("0", CultureInfo.InvariantCulture);
}
