using Repro.Report.Model;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Repro.Report.Plots;

/// <summary>An axis of perplexity, drawn in powers of ten.</summary>
internal sealed class LogAxis
{
    private const double Margin = 0.05;
    private const double LeastSpan = 0.2;
    private const int MostTicks = 7;
    private const double MostNats = 1e5;

    private static readonly double[][] Mantissas = [[1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8], [1, 2, 5], [1, 3], [1]];

    /// <summary>An axis that holds numbers.</summary>
    /// <param name="nats">Their logarithms, nats per token.</param>
    public LogAxis(IEnumerable<double> nats)
    {
        double[] finite = [.. nats.Where(Holds).Select(At)];
        double low = finite.Length == 0 ? 0 : finite.Min();
        double high = finite.Length == 0 ? 1 : finite.Max();
        double margin = Math.Max(Margin * (high - low), (LeastSpan - (high - low)) / 2);
        (Low, High) = (low - margin, high + margin);
    }

    /// <summary>Its lower end.</summary>
    public double Low { get; }

    /// <summary>Its upper end.</summary>
    public double High { get; }

    /// <summary>Whether there is a place for a number: not where it is none, nor where a model has left every scale.</summary>
    public static bool Holds(double nats) => Math.Abs(nats) <= MostNats;

    /// <summary>The place of a number.</summary>
    public static double At(double nats) => nats / Math.Log(10);

    /// <summary>Round numbers along it.</summary>
    public ITickGenerator Ticks()
    {
        double[] places = Mantissas.Select(Places).FirstOrDefault(p => p.Length is > 1 and <= MostTicks) ?? Places(Mantissas[^1]);
        int step = (places.Length + MostTicks - 1) / MostTicks;
        double[] kept = [.. places.Where((_, i) => i % Math.Max(1, step) == 0)];
        return new NumericManual(kept, [.. kept.Select(p => Numbers.Tick(Math.Round(Math.Pow(10, p), 6)))]);
    }

    private double[] Places(double[] mantissas) =>
    [
        .. from power in Enumerable.Range((int)Math.Floor(Low), (int)Math.Ceiling(High) - (int)Math.Floor(Low) + 1)
           from mantissa in mantissas
           let place = power + Math.Log10(mantissa)
           where place >= Low && place <= High
           select place,
    ];
}
