namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A measurement that is printed twice is the same number.</summary>
internal static class SettingRepeats
{
    public static AuditRule Rule { get; } = new(
        "setting-repeats",
        "The same intervention on the same model and language is the same number wherever it is printed.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from same in paper.Cells.Where(c => !c.Setting.IsBase).GroupBy(c => c.Setting)
        from cell in same.Skip(1)
        where cell.Value != same.First().Value
        select new Finding(
            Rule.Name,
            cell.Table,
            cell.Where,
            cell.Printed,
            $"{same.First().Printed}, as in {Wording.Tables([same.First().Table])}");
}
