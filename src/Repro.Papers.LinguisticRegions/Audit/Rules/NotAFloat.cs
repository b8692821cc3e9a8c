using System.Globalization;

namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A perplexity is a float32 printed with three decimals.</summary>
internal static class NotAFloat
{
    // Half of the last printed digit, both ways a tie can be rounded.
    private const decimal Rounding = 0.0005m;

    public static AuditRule Rule { get; } = new("not-a-float32", "Every number is a float32 rounded to three decimals.", Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from cell in paper.Distinct
        let nearest = Float32.Nearest(cell.Value)
        where Math.Abs(nearest - cell.Value) > Rounding
        select new Finding(
            Rule.Name,
            cell.Table,
            cell.Where,
            cell.Printed,
            $"the nearest float32 prints {Math.Round(nearest, 3).ToString(CultureInfo.InvariantCulture)}");
}
