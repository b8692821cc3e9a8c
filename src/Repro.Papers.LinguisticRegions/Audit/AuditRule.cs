namespace Repro.Papers.LinguisticRegions.Audit;

/// <summary>A rule that the paper's numbers should obey.</summary>
/// <param name="Name">Its name in findings.</param>
/// <param name="Description">What should be so, in one sentence.</param>
/// <param name="Find">Finds where it is not so, in the paper's order.</param>
public sealed record AuditRule(string Name, string Description, Func<AuditedPaper, IEnumerable<Finding>> Find);
