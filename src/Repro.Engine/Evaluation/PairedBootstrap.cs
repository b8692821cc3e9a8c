using Repro.Engine.Seeds;

namespace Repro.Engine.Evaluation;

/// <summary>An estimate with its percentile interval.</summary>
/// <param name="Value">The estimate on all documents.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Value, double Low, double High)
{
    /// <summary>Whether the whole interval lies above a bound.</summary>
    public bool Above(double bound) => Low > bound;

    /// <summary>Whether the whole interval lies below a bound.</summary>
    public bool Below(double bound) => High < bound;
}

/// <summary>
/// Paired bootstrap over documents (Efron, 1979; Koehn, 2004): one draw of documents serves a language's measurements before and after an edit,
/// so that what makes a document easy or hard cancels.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>Draws per interval.</summary>
    public const int Draws = 10_000;

    /// <summary>
    /// Resampled nats per token: <c>[measurement][draw]</c>, where all measurements are of the same documents and share each draw.
    /// </summary>
    /// <param name="measurements">Measurements of the same documents.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="ArgumentException">They are not of the same documents.</exception>
    public static double[][] Resample(IReadOnlyList<Measurement> measurements, ulong seed)
    {
        IReadOnlyList<DocumentScore> first = measurements[0].Documents;
        if (measurements.Any(m => !m.Documents.Select(d => d.Tokens).SequenceEqual(first.Select(d => d.Tokens))))
            throw new ArgumentException("A paired bootstrap needs measurements of the same documents.", nameof(measurements));

        double[][] result = [.. measurements.Select(_ => new double[Draws])];
        SplitMix random = new(seed);
        double[] sums = new double[measurements.Count];
        for (int draw = 0; draw < Draws; draw++)
        {
            Array.Clear(sums);
            long tokens = 0;
            for (int i = 0; i < first.Count; i++)
            {
                int document = (int)random.Below(first.Count);
                tokens += first[document].Tokens;
                for (int m = 0; m < sums.Length; m++)
                    sums[m] += measurements[m].Documents[document].Nll;
            }

            for (int m = 0; m < sums.Length; m++)
                result[m][draw] = sums[m] / tokens;
        }

        return result;
    }

    /// <summary>The percentile interval of resampled estimates.</summary>
    /// <param name="value">The estimate on all documents.</param>
    /// <param name="draws">The resampled estimates.</param>
    /// <param name="level">Share of the draws the interval holds, 0.95 say.</param>
    public static Interval Percentile(double value, IEnumerable<double> draws, double level)
    {
        double[] sorted = [.. draws.Order()];
        double tail = (1 - level) / 2;
        return new Interval(value, Quantile(sorted, tail), Quantile(sorted, 1 - tail));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }
}
