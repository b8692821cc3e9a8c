using System.Globalization;
using MathNet.Numerics.Statistics;

namespace Repro.Papers.LinguisticRegions.Audit;

/// <summary>A cell that breaks a rule.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Severity">By how many nats.</param>
/// <param name="Value">What is printed, in words.</param>
/// <param name="Expected">What should be.</param>
internal sealed record Breach(PublishedCell Cell, double Severity, string Value, string Expected);

/// <summary>Reports the cells of one column that break a rule.</summary>
internal static class Breaches
{
    // Two rows have no majority.
    private const int FewestRows = 3;

    /// <summary>One finding for each cell; where most of the column breaks the rule, one for the worst cell, which counts the others.</summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="breaches">The cells that break it.</param>
    /// <param name="rows">Cells in the column.</param>
    public static IEnumerable<Finding> Report(string rule, IReadOnlyCollection<Breach> breaches, int rows)
    {
        if (rows < FewestRows || breaches.Count * 2 <= rows)
            return breaches.Select(b => Of(rule, b, ""));
        Breach worst = breaches.MaxBy(b => b.Severity)!;
        string median = Wording.Factor(breaches.Select(b => b.Severity).Median());
        return [Of(rule, worst, string.Create(CultureInfo.InvariantCulture, $"; the worst of {breaches.Count} of {rows} rows, median factor {median}"))];
    }

    private static Finding Of(string rule, Breach breach, string others) =>
        new(rule, breach.Cell.Table, breach.Cell.Where, breach.Value, breach.Expected + others);
}
