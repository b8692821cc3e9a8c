using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Repro.Report.Plots;

/// <summary>An axis of counts from 0, with a tick at each; where the first ones would lie on each other, it is drawn by their logarithms.</summary>
internal sealed class NumberAxis
{
    private const double Crowded = 0.02;
    private const double Margin = 0.05;

    private readonly double[] numbers;
    private readonly double unit;

    /// <summary>An axis that holds numbers.</summary>
    /// <param name="numbers">The numbers; those that are not finite have no place.</param>
    public NumberAxis(IEnumerable<double> numbers)
    {
        this.numbers = [.. numbers.Where(double.IsFinite).DefaultIfEmpty(0).Distinct().Order()];
        double first = this.numbers.FirstOrDefault(n => n > 0);
        unit = this.numbers[0] >= 0 && first < Crowded * this.numbers[^1] ? first : 0;
        (double low, double high) = (At(this.numbers[0]), At(this.numbers[^1]));
        double margin = high > low ? Margin * (high - low) : 0.5;
        (Low, High) = (low - margin, high + margin);
    }

    /// <summary>Its lower end.</summary>
    public double Low { get; }

    /// <summary>Its upper end.</summary>
    public double High { get; }

    /// <summary>The place of a number.</summary>
    public double At(double number) => unit > 0 ? Math.Log(1 + (number / unit)) : number;

    /// <summary>A tick at every number.</summary>
    public ITickGenerator Ticks() => new NumericManual([.. numbers.Select(At)], [.. numbers.Select(n => n.ToString("0.##", CultureInfo.InvariantCulture))]);
}
