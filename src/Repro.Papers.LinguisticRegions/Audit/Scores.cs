using MathNet.Numerics.Statistics;

namespace Repro.Papers.LinguisticRegions.Audit;

/// <summary>How far numbers lie from the middle of their group.</summary>
internal static class Scores
{
    /// <summary>Iglewicz and Hoaglin's bound for a robust z-score: one normal number in two thousand lies beyond.</summary>
    public const double Limit = 3.5;

    /// <summary>A group of fewer numbers has no stable middle.</summary>
    public const int SmallestGroup = 10;

    // Makes the median absolute deviation of normal numbers their standard deviation.
    private const double NormalScale = 1.4826;

    /// <summary>Robust z-scores (median and median absolute deviation) in the numbers' order.</summary>
    /// <returns>Null where the group is small, or where more than half of the numbers are equal and there is no deviation.</returns>
    public static double[]? Robust(IReadOnlyCollection<double> numbers)
    {
        if (numbers.Count < SmallestGroup)
            return null;
        double middle = numbers.Median();
        double deviation = NormalScale * numbers.Select(n => Math.Abs(n - middle)).Median();
        return deviation > 0 ? [.. numbers.Select(n => (n - middle) / deviation)] : null;
    }
}
