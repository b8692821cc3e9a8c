namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>The unchanged model gives one perplexity per language.</summary>
internal static class BaseRepeats
{
    public static AuditRule Rule { get; } = new(
        "base-repeats",
        "The unchanged model has the same perplexity on a language in every table.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        foreach (var group in paper.Cells.Where(c => c.Setting.IsBase).GroupBy(c => (c.Setting.Model, c.Setting.Subject)))
        {
            // What most tables print is taken for the true one.
            var printed = group.GroupBy(c => c.Value)
                .OrderByDescending(v => v.Select(c => c.Table).Distinct().Count())
                .ThenBy(v => v.First().Table)
                .ToList();
            string expected = $"{printed[0].First().Printed}, as in {Wording.Tables(printed[0].Select(c => c.Table))}";
            foreach (PublishedCell cell in printed.Skip(1).SelectMany(v => v).DistinctBy(c => (c.Table, c.Value)))
                yield return new Finding(Rule.Name, cell.Table, cell.Where, cell.Printed, expected);
        }
    }
}
