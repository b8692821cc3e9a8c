using System.Text.RegularExpressions;

namespace Repro.Papers.LinguisticRegions.Tests.Documentation;

/// <summary>The rows of <c>docs/claims.md</c>: every Markdown table in it that has a column "claims".</summary>
internal sealed partial class ClaimsPage
{
    private const string IdColumn = "claims";

    private ClaimsPage(IReadOnlyList<Row> rows) => Rows = rows;

    /// <summary>The rows of all tables, in the page's order.</summary>
    public IReadOnlyList<Row> Rows { get; }

    /// <summary>What stands in code marks in the columns "claims".</summary>
    public IEnumerable<string> Ids => Rows.SelectMany(r => r.Ids).Distinct();

    /// <summary>Reads a page.</summary>
    /// <param name="markdown">Its text.</param>
    public static ClaimsPage Parse(string markdown)
    {
        List<Row> rows = [];
        int? column = null;
        foreach (string line in markdown.Split('\n').Select(l => l.Trim()))
        {
            string[] cells = line.StartsWith('|') ? [.. Border().Split(line)[1..^1].Select(c => c.Trim())] : [];
            if (cells.Length == 0)
                column = null;
            else if (column is null)
                column = Array.IndexOf(cells, IdColumn);
            else if (column >= 0 && !cells.All(c => c.All(mark => mark is '-' or ':')))
                rows.Add(new Row(line, cells[0], cells[^1], [.. CodeMark().Matches(cells.ElementAtOrDefault(column.Value) ?? "").Select(m => m.Groups[1].Value)]));
        }

        return new ClaimsPage(rows);
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Border();

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex CodeMark();

    /// <summary>A row.</summary>
    /// <param name="Line">As it is written.</param>
    /// <param name="Where">Its first cell: the place in the paper.</param>
    /// <param name="Remark">Its last cell: why it has no claim.</param>
    /// <param name="Ids">The ids in its column "claims".</param>
    internal sealed record Row(string Line, string Where, string Remark, IReadOnlyList<string> Ids);
}
