using MathNet.Numerics.Statistics;

namespace Repro.Engine.Evaluation;

/// <summary>Spearman's rank correlation; equal values share their mean rank.</summary>
public static class RankCorrelation
{
    /// <summary>Correlation of two sequences of the same length.</summary>
    /// <returns>−1 to 1, to a rounding; NaN where one sequence is constant.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(IReadOnlyList<double> a, IReadOnlyList<double> b) => Correlation.Spearman(a, b);
}
