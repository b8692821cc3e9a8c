namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>Appendix D: the second setting (Table 8) hurts more than the first (Table 7).</summary>
internal static class SecondSetting
{
    private const int First = 7;
    private const int Second = 8;

    public static AuditRule Rule { get; } = new(
        "second-setting",
        "Every Top cell of Table 8 is above the same cell of Table 7 (Appendix D: more damage).",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        var first = paper.Cells.Where(c => c.Setting is { Matrices: First, Region: "Top" }).ToDictionary(c => c.Setting with { Matrices = null });
        return from cell in paper.Cells
               where cell.Setting is { Matrices: Second, Region: "Top" }
               let other = first.GetValueOrDefault(cell.Setting with { Matrices = null })
               where other is not null && cell.Value <= other.Value
               select new Finding(
                   Rule.Name,
                   cell.Table,
                   cell.Where,
                   cell.Printed,
                   $"over {other.Printed}, as in {Wording.Tables([First])}");
    }
}
