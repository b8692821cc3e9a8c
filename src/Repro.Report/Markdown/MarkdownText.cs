using System.Text;

namespace Repro.Report.Markdown;

/// <summary>Pieces of a Markdown page.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]<>|&#~";

    /// <summary>Text on one line of which nothing is read as Markdown or HTML.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            if (Special.Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(char.IsControl(c) ? ' ' : c);
        }

        return escaped.ToString();
    }

    /// <summary>A table.</summary>
    /// <param name="headings">Headings; text.</param>
    /// <param name="rows">Rows of cells; text.</param>
    public static string Table(IReadOnlyList<string> headings, IEnumerable<IEnumerable<string>> rows)
    {
        StringBuilder table = new();
        table.Append(Row(headings)).Append(Rule(headings.Count));
        foreach (IEnumerable<string> row in rows)
            table.Append(Row(row));
        return table.Append('\n').ToString();
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Escape))} |\n";

    private static string Rule(int columns) => $"|{string.Concat(Enumerable.Repeat("---|", columns))}\n";
}
