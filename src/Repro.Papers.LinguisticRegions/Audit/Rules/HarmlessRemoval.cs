namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>Section 3.2: removing Bottom or Random regions has no significant impact.</summary>
internal static class HarmlessRemoval
{
    // The text calls Bottom comparable with the base; the test texts' own noise is smaller.
    private const double ComparableNats = 0.05;

    public static AuditRule Rule { get; } = new(
        "harmless",
        "Bottom stays within 5 % of base, and Random hurts less than the weakest monolingual region hurts its own language (Section 3.2: no significant impact).",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        // The paper calls these significant (Section 3.4), so the smallest of them is its own measure.
        double significant = paper.Cells.Where(c => c.Setting is { Region: "Top", RegionLanguage: { } own } && own == c.Setting.Subject)
            .Min(c => paper.Increase(c)) ?? double.PositiveInfinity;
        var columns = paper.Distinct.Where(c => c.Setting is { Region: "Bottom" or "Random", IsCoreRemoval: true }).GroupBy(c => (c.Table, c.Column));
        return columns.SelectMany(column =>
            Breaches.Report(Rule.Name, [.. column.Select(c => Judge(paper, c, significant)).OfType<Breach>()], column.Count()));
    }

    private static Breach? Judge(AuditedPaper paper, PublishedCell cell, double significant)
    {
        double limit = cell.Setting.Region == "Bottom" ? ComparableNats : significant;
        return paper.Increase(cell) is { } increase && increase > limit
            ? new Breach(
                cell,
                increase,
                $"{cell.Printed} ({Wording.Percent(increase)})",
                $"under {Wording.Percent(limit)} over its base {paper.BaseOf(cell)!.Printed} (Section 3.2: no significant impact)")
            : null;
    }
}
