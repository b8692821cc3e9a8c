using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Repro.History;

/// <summary>Why a number counts as drifted.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<DriftKind>))]
public enum DriftKind
{
    /// <summary>It is farther from the past than its golden's tolerance.</summary>
    BeyondTolerance,

    /// <summary>It is farther from the past than the past's own noise explains.</summary>
    BeyondNoise,
}

/// <summary>Tells a drift from noise.</summary>
/// <remarks>
/// <para>The past of a number is its value in at most the last 30 earlier runs, its middle their median.</para>
/// <para>A number is beyond tolerance when it is farther from the middle than its golden's tolerance, or is none while the past was (or the reverse).</para>
/// <para>A number is beyond noise when at least 5 past values lie within the tolerance of the middle (what lay outside was a drift itself, and is no
/// noise) and it is outside of their prediction interval, mean ± t · s · √(1 + 1/n). Here s is their standard deviation, at least the unit of the last
/// digit that is kept, and t is Student's quantile for 5 % over all numbers together (Bonferroni): thousands of numbers are looked at, and three
/// standard deviations would cry wolf every night.</para>
/// </remarks>
internal sealed class DriftRule
{
    /// <summary>Most past values that are looked at.</summary>
    public const int Window = 30;

    /// <summary>Fewest past values that noise is judged by.</summary>
    public const int LeastPast = 5;

    private const double ErrorRate = 0.05;
    private readonly double probability;

    /// <summary>The rule for a run.</summary>
    /// <param name="numbers">How many numbers it is applied to.</param>
    public DriftRule(int numbers) => probability = ErrorRate / Math.Max(1, numbers);

    /// <summary>Judges a number.</summary>
    /// <param name="value">The number; NaN where the model lost it.</param>
    /// <param name="past">Its earlier values; at least one.</param>
    /// <param name="rounding">The unit of its last digit.</param>
    /// <param name="tolerance">Its golden's tolerance.</param>
    /// <returns>The kind of drift and how far the number may be from the past's middle; null where it has not drifted.</returns>
    public (DriftKind Kind, double Allowed)? Judge(double value, IReadOnlyList<double> past, double rounding, double tolerance)
    {
        double middle = Median(past);

        // Both lost, or both at infinity.
        if (value.Equals(middle))
            return null;
        if (!(Math.Abs(value - middle) <= tolerance + rounding))
            return (DriftKind.BeyondTolerance, tolerance);

        double[] quiet = [.. past.Where(p => Math.Abs(p - middle) <= tolerance)];
        if (quiet.Length < LeastPast)
            return null;
        (double mean, double deviation) = quiet.MeanStandardDeviation();
        double allowed = TwoSided(probability, quiet.Length - 1) * Math.Max(deviation, rounding) * Math.Sqrt(1 + (1.0 / quiet.Length));
        return Math.Abs(value - mean) > allowed ? (DriftKind.BeyondNoise, allowed) : null;
    }

    /// <summary>The middle value; of an even number the mean of two. NaN counts as lowest.</summary>
    public static double Median(IReadOnlyList<double> values) => SortedArrayStatistics.Median([.. values.Order()]);

    /// <summary>The value that Student's |t| exceeds with a probability, right to six digits down to one of 5e-7.</summary>
    internal static double TwoSided(double probability, int degrees) => -StudentT.InvCDF(location: 0, scale: 1, degrees, probability / 2);
}
