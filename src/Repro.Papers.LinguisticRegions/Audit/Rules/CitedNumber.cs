using System.Globalization;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>The text repeats the tables.</summary>
internal static class CitedNumber
{
    public static AuditRule Rule { get; } = new("cited-number", "A number that the text takes from a table stands there.", Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from statement in paper.Paper.Text.Statements
        from cited in (CitedCell[])(statement.Cell is { } one ? [one] : [])
        let printed = Lookup(paper, cited)
        where printed?.Value != statement.Value
        select new Finding(
            Rule.Name,
            null,
            $"{statement.Where}: {statement.What}",
            statement.Value.ToString(CultureInfo.InvariantCulture),
            $"{printed?.Printed ?? "a cell that does not exist"} ({Wording.Tables([cited.Table])})");

    private static PublishedCell? Lookup(AuditedPaper paper, CitedCell cited) =>
        paper.Cells.FirstOrDefault(c => c.Table == cited.Table && c.Row.SequenceEqual(cited.Row) && c.Column == cited.Column);
}
