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

    /// <summary>Resampled nats per token. Measurements of the same documents under the same draws are paired.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="draws">The draws, of as many documents as it has.</param>
    /// <param name="reading">How losses become perplexity.</param>
    /// <returns>One estimate per draw.</returns>
    public static double[] Resample(Measurement measurement, DocumentDraws draws, PerplexityReading reading = PerplexityReading.PerToken) =>
        Resample([(measurement, [.. Enumerable.Range(0, measurement.Documents.Count)])], draws, reading)[0];

    /// <inheritdoc cref="Resample(Measurement, DocumentDraws, PerplexityReading)"/>
    /// <param name="measurement">The measurement.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="reading">How losses become perplexity.</param>
    public static double[] Resample(Measurement measurement, ulong seed, PerplexityReading reading = PerplexityReading.PerToken) =>
        Resample(measurement, new DocumentDraws(measurement.Documents.Count, seed), reading);

    /// <summary>As <see cref="Resample(Measurement, DocumentDraws, PerplexityReading)"/>, for several measurements, each of some of the documents.</summary>
    /// <param name="measurements">The measurements, each with the places of its documents among all.</param>
    /// <param name="draws">The draws, of all documents.</param>
    /// <param name="reading">How losses become perplexity.</param>
    /// <returns>For each measurement one estimate per draw; where a draw has none of its documents, the estimate on all that it has.</returns>
    public static double[][] Resample(
        IReadOnlyList<(Measurement Measurement, IReadOnlyList<int> Places)> measurements, DocumentDraws draws, PerplexityReading reading = PerplexityReading.PerToken)
    {
        ILookup<int, (int Which, DocumentScore Score)> measured = measurements
            .SelectMany((m, which) => m.Places.Zip(m.Measurement.Documents, (place, score) => (Place: place, Score: (which, score))))
            .ToLookup(e => e.Place, e => e.Score);
        (int Which, DocumentScore Score)[][] at = [.. Enumerable.Range(0, draws.Documents).Select(place => measured[place].ToArray())];
        int batchSize = reading == PerplexityReading.PerToken ? draws.Documents : PerplexityReadings.BatchSize;
        MeanOfBatches[] means = new MeanOfBatches[measurements.Count];
        double[][] result = [.. measurements.Select(_ => new double[draws.Count])];
        draws.ForEach((draw, places) =>
        {
            Array.Clear(means);
            foreach (int place in places)
            {
                foreach ((int which, DocumentScore score) in at[place])
                    means[which].Add(score, batchSize);
            }

            for (int which = 0; which < means.Length; which++)
                result[which][draw] = means[which].Value ?? measurements[which].Measurement.Nats(reading);
        });
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
