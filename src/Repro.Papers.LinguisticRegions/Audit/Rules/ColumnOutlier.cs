namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A cell far from the rest of its column.</summary>
internal static class ColumnOutlier
{
    public static AuditRule Rule { get; } = new(
        "outlier",
        "No cell lies far from its column (robust z above 3.5 of log perplexity or of its increase) unless another column repeats it.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        // What a language starts at is no oddity, so raw numbers are compared only where the model is destroyed.
        var destroyed = paper.Distinct.Where(c => c.Setting is { Region: "Top", IsCoreRemoval: true });
        var hurt = paper.Distinct.Where(c => c.Setting.Region is "Top" or "Random");
        return Columns.Outliers(destroyed, c => c.Nats).Select(s => Report(s, 0))
            .Concat(Columns.Outliers(hurt, paper.Increase).Where(s => !Columns.IsTarget(s.Cell.Setting)).Select(s => Report(s, s.Cell.Nats - s.Level)))
            .DistinctBy(f => (f.Table, f.Where));
    }

    private static Finding Report(ScoredCell scored, double offset) => new(
        Rule.Name,
        scored.Cell.Table,
        scored.Cell.Where,
        scored.Cell.Printed,
        $"about {Wording.Number(Math.Exp(scored.Median + offset))}, the column's median (z {Wording.Number(scored.Score)})");
}
