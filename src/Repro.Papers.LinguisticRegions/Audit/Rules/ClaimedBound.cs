using System.Globalization;

namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>The text's "over N" holds in every cell it speaks of.</summary>
internal static class ClaimedBound
{
    public static AuditRule Rule { get; } = new("claimed-bound", "Every cell that the text calls above a number is above it.", Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from statement in paper.Paper.Text.Statements
        from cell in paper.Cells
        where statement.ExceededBy is { } columns && cell.Table == columns.Table && cell.Setting.Region == columns.Region && cell.Value <= statement.Value
        select new Finding(
            Rule.Name,
            cell.Table,
            cell.Where,
            cell.Printed,
            $"over {statement.Value.ToString(CultureInfo.InvariantCulture)} ({statement.Where})");
}
