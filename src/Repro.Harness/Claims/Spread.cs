using MathNet.Numerics.Distributions;
using Repro.Engine.Evaluation;

namespace Repro.Harness.Claims;

/// <summary>An estimate with what is known of how far it is from the truth.</summary>
/// <param name="Value">The estimate.</param>
public abstract record Spread(double Value)
{
    /// <summary>Whether nothing was sampled for the number, so that it is the truth.</summary>
    public virtual bool IsExact => false;

    /// <summary>The interval that leaves a probability on each side.</summary>
    /// <param name="tail">The probability on one side, 0.05 say.</param>
    public abstract Interval Interval(double tail);
}

/// <summary>The spread of a statistic over resamples, whose percentiles are its interval.</summary>
internal sealed record PercentileSpread(double Value, double[] Resamples, bool Exact) : Spread(Value)
{
    public override bool IsExact => Exact;

    public override Interval Interval(double tail) => PairedBootstrap.Percentile(Value, Resamples, 1 - (2 * tail));
}

/// <summary>One cause of a statistic's spread.</summary>
/// <param name="Variance">The square of the standard error it brings.</param>
/// <param name="Degrees">Degrees of freedom that the variance is known with.</param>
internal readonly record struct ErrorPart(double Variance, double Degrees);

/// <summary>
/// The spread of a statistic with several causes, whose variances add up; its interval is Student's, with the degrees of freedom of Welch (1947) and
/// Satterthwaite (1946).
/// </summary>
internal sealed record StudentSpread(double Value, IReadOnlyList<ErrorPart> Parts) : Spread(Value)
{
    public double StandardError { get; } = Math.Sqrt(Parts.Sum(p => p.Variance));

    public double Degrees { get; } = 1 / Parts.Sum(p => Square(p.Variance / Parts.Sum(q => q.Variance)) / p.Degrees);

    public override Interval Interval(double tail)
    {
        // No spread at all, or a model that was lost: there are no degrees of freedom.
        double reach = StandardError > 0 && double.IsFinite(StandardError) ? -StudentT.InvCDF(location: 0, scale: 1, Degrees, tail) * StandardError : StandardError;
        return new Interval(Value, Value - reach, Value + reach);
    }

    private static double Square(double number) => number * number;
}
