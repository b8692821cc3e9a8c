namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A random region does not depend on the samples that locate the others.</summary>
internal static class OneRandomDraw
{
    public static AuditRule Rule { get; } = new("one-random-draw", "Columns that share one random draw agree in every row.", Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        var columns = paper.Cells.Where(c => c.Setting is { Region: "Random", Samples: not null })
            .GroupBy(c => c.Setting with { Subject = null, Dimensions = null, Samples = null });
        foreach (var column in columns)
        {
            var pairs = column.GroupBy(c => c.Setting with { Samples = null })
                .Select(g => g.DistinctBy(c => c.Setting.Samples).ToArray())
                .Where(p => p.Length == 2)
                .ToList();

            // Where most pairs differ, the draws were two, which the paper does not rule out.
            if (pairs.Count(p => p[0].Value == p[1].Value) * 2 <= pairs.Count)
                continue;
            foreach (PublishedCell[] pair in pairs.Where(p => p[0].Value != p[1].Value))
                yield return new Finding(
                    Rule.Name,
                    pair[0].Table,
                    pair[0].Where,
                    pair[0].Printed,
                    $"{pair[1].Printed}, as in {Wording.Tables([pair[1].Table])}");
        }
    }
}
