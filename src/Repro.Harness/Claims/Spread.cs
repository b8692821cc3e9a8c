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

/// <summary>The spread of a statistic with several causes, whose variances add up.</summary>
/// <remarks>
/// Its interval reaches √Σ (t · SE)² to each side, with Student's quantile for each cause's own degrees of freedom (Banerjee, 1960). It is never left more often
/// than its tails say. One t for the whole sum, with the degrees of freedom of Welch and Satterthwaite, is: with three draws and 80 documents up to 1.2 times
/// as often at 5 % on a side, and 6.7 times at 5 % / 30, for where the three happen to lie close the degrees of freedom are taken to be many. What the sure
/// one costs is width: at 5 % at most 22 % with three draws, 6 % with six and 2 % with nineteen, and nothing where one cause outweighs the others.
/// </remarks>
internal sealed record StudentSpread(double Value, IReadOnlyList<ErrorPart> Parts) : Spread(Value)
{
    public override Interval Interval(double tail)
    {
        double reach = Math.Sqrt(Parts.Sum(p => p.Variance * Square(StudentT.InvCDF(location: 0, scale: 1, p.Degrees, tail))));
        return new Interval(Value, Value - reach, Value + reach);
    }

    private static double Square(double number) => number * number;
}
