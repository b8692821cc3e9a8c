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
    /// <returns>One estimate per draw.</returns>
    public static double[] Resample(Measurement measurement, ulong seed, PerplexityReading reading = PerplexityReading.PerToken)
    {
        DocumentScore[] documents = [.. measurement.Documents];
        int batchSize = reading == PerplexityReading.PerToken ? documents.Length : PerplexityReadings.BatchSize;
        SplitMix random = new(seed);
        double[] result = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            double sumOfBatches = 0;
            int batches = 0;
            for (int start = 0; start < documents.Length; start += batchSize, batches++)
            {
                double nll = 0;
                long tokens = 0;
                for (int i = start; i < Math.Min(start + batchSize, documents.Length); i++)
                {
                    DocumentScore document = documents[random.Below(documents.Length)];
                    nll += document.Nll;
                    tokens += document.Tokens;
                }

                sumOfBatches += nll / tokens;
            }

            result[draw] = sumOfBatches / batches;
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
