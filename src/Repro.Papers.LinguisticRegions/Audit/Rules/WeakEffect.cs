namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A removal that hurts every language hurts each.</summary>
internal static class WeakEffect
{
    public static AuditRule Rule { get; } = new(
        "weak-effect",
        "No language is hurt by orders of magnitude less than the others of its column (robust z of the logarithm of the increase).",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from scored in Columns.Outliers(paper.Distinct.Where(IsMild), c => Strength(paper, c))
        where scored.Score < 0
        select new Finding(
            Rule.Name,
            scored.Cell.Table,
            scored.Cell.Where,
            $"{scored.Cell.Printed} ({Wording.Percent(Math.Exp(scored.Level))})",
            $"about {Wording.Percent(Math.Exp(scored.Median))} over its base {paper.BaseOf(scored.Cell)!.Printed}, "
                + $"the column's median (z {Wording.Number(scored.Score)})");

    // Where the model is destroyed, raw perplexities are compared instead.
    private static bool IsMild(PublishedCell cell) => cell.Setting.Region == "Random" || cell.Setting is { Region: "Top", RegionLanguage: not null };

    // A cell below its base has no strength; another rule reports it.
    private static double? Strength(AuditedPaper paper, PublishedCell cell) => paper.Increase(cell) is > 0 and { } increase ? Math.Log(increase) : null;
}
