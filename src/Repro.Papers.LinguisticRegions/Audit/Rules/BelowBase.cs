namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>Removing unimportant weights does not help.</summary>
internal static class BelowBase
{
    // Most Bottom cells lie within a tenth of this; three printed decimals resolve a hundredth of it.
    private const double Clearly = 0.01;

    public static AuditRule Rule { get; } = new(
        "below-base",
        "Removing a Bottom or Random region does not lower perplexity by 1 % or more.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from cell in paper.Distinct
        where cell.Setting.Region is "Bottom" or "Random"
        let increase = paper.Increase(cell)
        where increase <= -Clearly
        select new Finding(
            Rule.Name,
            cell.Table,
            cell.Where,
            cell.Printed,
            $"at least its base {paper.BaseOf(cell)!.Printed} (it is {Wording.Percent(increase.Value)})");
}
