namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>Section 3.2: removing the Top deprives the model of all 30 languages.</summary>
internal static class EveryLanguageLost
{
    // A uniform guess over LLaMA's vocabulary: below it the model still knows something.
    private const decimal Uniform = 32_000;

    public static AuditRule Rule { get; } = new(
        "all-lost",
        "Without a Top region every language is at least as bad as a uniform guess over the vocabulary (Section 3.2: a complete loss, in all 30).",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper) =>
        from cell in paper.Distinct
        where cell.Setting is { Region: "Top", IsCoreRemoval: true } && cell.Value < Uniform
        select new Finding(Rule.Name, cell.Table, cell.Where, cell.Printed, "at least 32000, a uniform guess (Section 3.2: all lost)");
}
