namespace Repro.Report.Html;

/// <summary>Tables in boxes of their own, in which the long and wide ones scroll.</summary>
internal static class Tables
{
    /// <summary>A table.</summary>
    /// <param name="name">What it holds, for those who hear the page.</param>
    /// <param name="headings">Headings of its columns; the first is that of the row names.</param>
    /// <param name="rows">Rows of cells; the first is the row's name.</param>
    public static Markup Of(string name, IEnumerable<Markup> headings, IEnumerable<IEnumerable<Markup>> rows) => Box(name, Markup.Of($"""
        <table>
        <thead><tr>{headings.Select(h => Markup.Of($"<th scope=\"col\">{h}</th>"))}</tr></thead>
        <tbody>{rows.Select(Row)}</tbody>
        </table>
        """));

    /// <summary>A box around a table.</summary>
    public static Markup Box(string name, Markup table) => Markup.Of($"<div class=\"box\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">{table}</div>\n");

    /// <summary>Text as a piece of a page.</summary>
    public static Markup Text(string text) => Markup.Of($"{text}");

    /// <summary>Texts as cells.</summary>
    public static IEnumerable<Markup> Cells(params IEnumerable<string> texts) => texts.Select(Text);

    private static Markup Row(IEnumerable<Markup> cells) => Markup.Of(
        $"<tr>{cells.Select((cell, i) => i == 0 ? Markup.Of($"<th scope=\"row\">{cell}</th>") : Markup.Of($"<td>{cell}</td>"))}</tr>\n");
}
