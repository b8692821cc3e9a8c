namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>Section 3.3: only the Top dimensions matter.</summary>
internal static class TopDimensions
{
    public static AuditRule Rule { get; } = new(
        "top-dimensions",
        "Removing Top dimensions hurts more than removing as many Middle, Bottom or Random ones (Section 3.3).",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from row in paper.Cells.Where(c => c.Setting.Dimensions is not null).GroupBy(c => c.Setting with { Region = null })
        from top in row.Where(c => c.Setting.Region == "Top")
        let other = row.Where(c => c.Setting.Region != "Top").MaxBy(c => c.Value)
        where other is not null && top.Value <= other.Value
        select new Finding(Rule.Name, top.Table, top.Where, top.Printed, $"over {other.Printed}, {other.Column}'s (Section 3.3)");
}
