using Repro.Engine.Seeds;

namespace Repro.Engine.Evaluation;

/// <summary>An estimate with its percentile interval.</summary>
/// <param name="Value">The estimate on all documents.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Value, double Low, double High);

/// <summary>
/// Paired bootstrap over documents (Efron, 1979; Koehn, 2004): one draw of documents serves a language's measurements before and after an edit,
/// so that what makes a document easy or hard cancels.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>Draws per interval.</summary>
    public const int Draws = 10_000;

    /// <summary>Resampled nats per token. Measurements of the same documents under the same seed share each draw: that is the pairing.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="reading">How losses become perplexity.</param>
    /// <param name="count">How many draws.</param>
    /// <returns>One estimate per draw.</returns>
    public static double[] Resample(Measurement measurement, ulong seed, PerplexityReading reading = PerplexityReading.PerToken, int count = Draws) =>
        Resample([(measurement, [.. Enumerable.Range(0, measurement.Documents.Count)])], measurement.Documents.Count, seed, reading, count)[0];

    /// <summary>As <see cref="Resample(Measurement, ulong, PerplexityReading, int)"/>, for several measurements, each of some of the same documents.</summary>
    /// <param name="measurements">The measurements, each with the places of its documents among all.</param>
    /// <param name="documents">How many documents there are in all; draws are of these.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="reading">How losses become perplexity.</param>
    /// <param name="count">How many draws.</param>
    /// <returns>For each measurement one estimate per draw; where a draw has none of its documents, the estimate on all that it has.</returns>
    public static double[][] Resample(
        IReadOnlyList<(Measurement Measurement, IReadOnlyList<int> Places)> measurements,
        int documents,
        ulong seed,
        PerplexityReading reading = PerplexityReading.PerToken,
        int count = Draws)
    {
        ILookup<int, (int Which, DocumentScore Score)> measured = measurements
            .SelectMany((m, which) => m.Places.Zip(m.Measurement.Documents, (place, score) => (Place: place, Score: (which, score))))
            .ToLookup(e => e.Place, e => e.Score);
        (int Which, DocumentScore Score)[][] at = [.. Enumerable.Range(0, documents).Select(place => measured[place].ToArray())];
        int batchSize = reading == PerplexityReading.PerToken ? documents : PerplexityReadings.BatchSize;
        SplitMix random = new(seed);
        MeanOfBatches[] means = new MeanOfBatches[measurements.Count];
        double[][] result = [.. measurements.Select(_ => new double[count])];
        for (int draw = 0; draw < count; draw++)
        {
            Array.Clear(means);
            for (int i = 0; i < documents; i++)
            {
                foreach ((int which, DocumentScore score) in at[random.Below(documents)])
                    means[which].Add(score, batchSize);
            }

            for (int which = 0; which < means.Length; which++)
                result[which][draw] = means[which].Value ?? measurements[which].Measurement.Nats(reading);
        }

        return result;
    }

    /// <summary>The percentile interval of resampled estimates.</summary>
    /// <param name="value">The estimate on all documents.</param>
    /// <param name="draws">The resampled estimates.</param>
    /// <param name="level">Share of the draws the interval holds, 0.95 say.</param>
    public static Interval Percentile(double value, IEnumerable<double> draws, double level)
    {
        double[] sorted = [.. draws];
        Array.Sort(sorted);
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

    private struct MeanOfBatches
    {
        private double nll;
        private long tokens;
        private int documents;
        private double sum;
        private int batches;

        public readonly double? Value => documents > 0 ? (sum + (nll / tokens)) / (batches + 1) : batches > 0 ? sum / batches : null;

        public void Add(DocumentScore score, int batchSize)
        {
            nll += score.Nll;
            tokens += score.Tokens;
            if (++documents < batchSize)
                return;
            sum += nll / tokens;
            batches++;
            (nll, tokens, documents) = (0, 0, 0);
        }
    }
}
