namespace Repro.Papers.LinguisticRegions.Audit;

/// <summary>A place where the paper's numbers disagree with one another.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Table">The table, or null for the text.</param>
/// <param name="Where">Row and column, or the passage.</param>
/// <param name="Value">What is printed.</param>
/// <param name="Expected">What the rest of the paper makes one expect.</param>
public sealed record Finding(string Rule, int? Table, string Where, string Value, string Expected);
