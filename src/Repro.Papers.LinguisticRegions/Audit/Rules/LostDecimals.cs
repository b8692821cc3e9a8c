namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A perplexity is a float32 printed with three decimals.</summary>
internal static class LostDecimals
{
    // At this spacing of float32 one number in 32 is whole by chance; a coarser one is whole too often to say anything.
    private const float WholeByChance = 1f / 32;

    public static AuditRule Rule { get; } = new(
        "lost-decimals",
        "A number small enough for a float32 to have decimals is printed with them.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from cell in paper.Distinct
        where cell.Value.Scale == 0
        let spacing = Float32.Spacing(cell.Value)
        where spacing <= WholeByChance
        select new Finding(
            Rule.Name,
            cell.Table,
            cell.Where,
            cell.Printed,
            $"decimals: float32 resolves 1/{Wording.Number(1 / spacing)} here");
}
