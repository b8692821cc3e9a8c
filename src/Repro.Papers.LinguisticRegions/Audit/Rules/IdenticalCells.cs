namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>Different interventions that changed something do not end at the same digit.</summary>
internal static class IdenticalCells
{
    // Nearer to the reference, three printed decimals leave few numbers to choose from.
    private const double Changed = 0.01;

    private static readonly (string What, Func<Setting, string?> Of, Func<Setting, Setting> Without)[] Differences =
    [
        ("samples", s => s.Samples, s => s with { Samples = null }),
        ("ratio", s => s.Ratio is { } r ? Wording.Ratio(r) : null, s => s with { Ratio = null }),
        ("region language", s => s.RegionLanguage, s => s with { RegionLanguage = null }),
        ("treatment", s => s.Treatment, s => s with { Treatment = null }),
    ];

    public static AuditRule Rule { get; } = new(
        "identical-cells",
        "Two different interventions that moved perplexity by 1 % do not give the same number to the last digit.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        var bases = paper.Cells.Where(c => c.Setting.IsBase).ToLookup(c => (c.Setting.Model, c.Setting.Subject));
        var references = paper.Cells.Where(c => c.Setting.Trained == Setting.Untrained)
            .ToLookup(c => (c.Table, c.Setting.Subject, c.Setting.Region));

        // One random draw may serve several columns.
        var changed = paper.Distinct.Where(c => c.Setting.Region is not null and not "Base" and not "Random" && Change(c) > Changed).ToList();
        return from difference in Differences
               from same in changed.Where(c => difference.Of(c.Setting) is not null).GroupBy(c => (difference.Without(c.Setting), c.Value))
               from cell in same.Skip(1)
               let first = same.First()
               where difference.Of(cell.Setting) != difference.Of(first.Setting)
               select new Finding(
                   Rule.Name,
                   cell.Table,
                   cell.Where,
                   cell.Printed,
                   $"another number than that of {difference.What} {difference.Of(first.Setting)}{Wording.Elsewhere(first, cell)}");

        // A misprinted base would make every cell near the true one look changed, so all printed bases count.
        double Change(PublishedCell cell) => bases[(cell.Setting.Model, cell.Setting.Subject)]
            .Concat(references[(cell.Table, cell.Setting.Subject, cell.Setting.Region)])
            .Select(reference => Math.Abs(cell.Nats - reference.Nats))
            .DefaultIfEmpty(0)
            .Min();
    }
}
