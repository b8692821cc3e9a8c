namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>10K and 100K samples locate nearly the same region.</summary>
internal static class TwinOutlier
{
    // A twin 5 % away is near, however well the other twins agree.
    private const double Far = 0.05;

    public static AuditRule Rule { get; } = new(
        "twin",
        "A cell's 10K and 100K values differ no more than other twins do (robust z above 3.5, and 5 %).",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        var groups = paper.Cells.Where(c => c.Setting is { IsBase: false, Samples: not null })
            .GroupBy(c => c.Setting with { Subject = null, Dimensions = null, Matrices = null, Samples = null });
        foreach (var group in groups)
        {
            PublishedCell[][] twins =
            [
                .. group.GroupBy(c => (c.Setting.Subject, c.Setting.Dimensions, c.Setting.Matrices))
                    .Select(g => g.OrderBy(c => c.Setting.Samples, StringComparer.Ordinal).DistinctBy(c => c.Setting.Samples).ToArray())
                    .Where(t => t.Length == 2),
            ];
            double[] differences = [.. twins.Select(t => t[1].Nats - t[0].Nats)];
            foreach ((PublishedCell[] twin, double difference, double score) in twins.Zip(differences, Scores.Robust(differences) ?? []))
            {
                if (Math.Abs(score) > Scores.Limit && Math.Abs(difference) > Far && !Columns.IsTarget(twin[0].Setting))
                    yield return Report([.. twin.OrderBy(c => c.Table).ThenByDescending(c => Math.Abs(c.Nats))], score);
            }
        }
    }

    private static Finding Report(PublishedCell[] twin, double score) => new(
        Rule.Name,
        twin[0].Table,
        twin[0].Where,
        twin[0].Printed,
        $"near its twin {twin[1].Printed} of {twin[1].Setting.Samples}{Wording.Elsewhere(twin[1], twin[0])} (z {Wording.Number(Math.Abs(score))})");
}
