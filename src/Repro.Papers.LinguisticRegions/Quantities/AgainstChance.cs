using Repro.Harness.Measuring;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>Numbers held against what chance gives: a quantity's draws are the number less that of one random draw each, so that its interval is that of chance.</summary>
internal static class AgainstChance
{
    private const int Draws = 600;

    /// <summary>What every random draw gives, each drawn alone.</summary>
    /// <param name="draw">Makes the draw of a number.</param>
    public static T[] All<T>(Func<int, T> draw) => [.. Enumerable.Range(0, Draws).AsParallel().AsOrdered().Select(draw)];

    /// <summary>A number less that of each random draw.</summary>
    /// <param name="measured">The number.</param>
    /// <param name="random">Those of the draws.</param>
    public static Resampled Excess(double measured, IEnumerable<double> random)
    {
        double[] draws = [.. random.Select(r => measured - r)];
        return new Resampled(draws.Average(), draws);
    }
}
