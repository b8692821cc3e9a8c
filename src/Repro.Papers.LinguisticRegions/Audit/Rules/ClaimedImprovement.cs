using System.Globalization;

namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>What the text calls better is lower.</summary>
internal static class ClaimedImprovement
{
    public static AuditRule Rule { get; } = new(
        "claimed-improvement",
        "A perplexity that the text calls an improvement is lower than what it improves on.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from better in paper.Paper.Text.Statements
        where better.ImprovesOn is not null
        let worse = paper.Paper.Text.Statements.FirstOrDefault(s => s.What == better.ImprovesOn)
        where worse is null || better.Value >= worse.Value
        select new Finding(
            Rule.Name,
            null,
            $"{better.Where}: {better.What}",
            better.Value.ToString(CultureInfo.InvariantCulture),
            worse is null ? $"a number for '{better.ImprovesOn}'" : $"below {worse.Value.ToString(CultureInfo.InvariantCulture)}");
}
