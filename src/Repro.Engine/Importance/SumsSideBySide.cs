using Repro.Engine.Cores;
using Repro.Engine.Models;

namespace Repro.Engine.Importance;

/// <summary>
/// Sums gradients of a small model with a micro-batch on each core. They are added up in the order of the micro-batches, so that the sums are those of
/// one core.
/// </summary>
internal static class SumsSideBySide
{
    /// <summary>Whether a model's gradients are summed this way.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pass">How they are summed.</param>
    public static bool Suits(LlamaModel model, GradientPass pass) =>
        !model.IsStreamed && pass.TokensPerBackward == 0 && OneCoreEach.IsSmall(model.Config, model.Device);

    /// <summary>Adds the gradients of documents to sums.</summary>
    /// <param name="model">The model; its weights do not move.</param>
    /// <param name="documents">Token ids with BOS and EOS.</param>
    /// <param name="pass">What is summed.</param>
    /// <param name="total">Sums that are added to.</param>
    /// <param name="only">The few weights whose gradients are summed; null is all.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1, by one thread at a time.</param>
    /// <param name="cancellation">Ends the work between two micro-batches.</param>
    public static void Run(
        LlamaModel model,
        IReadOnlyList<int[]> documents,
        GradientPass pass,
        SumsInMemory total,
        IReadOnlyCollection<string>? only,
        Action<double>? progress,
        CancellationToken cancellation)
    {
        (int Place, int[][] Documents)[] batches = [.. documents.Chunk(pass.MicroBatch).Select((batch, place) => (place, batch))];
        double all = Math.Max(1, GradientSums.TokensOf(documents));
        double done = 0;
        SumsInMemory?[] finished = new SumsInMemory?[batches.Length];
        int next = 0;
        Lock adding = new();
        void Finish(int place, SumsInMemory sums)
        {
            lock (adding)
            {
                finished[place] = sums;
                for (; next < finished.Length && finished[next] is { } earliest; next++)
                {
                    total.Add(earliest);
                    earliest.Dispose();
                    finished[next] = null;
                }

                done += GradientSums.TokensOf(batches[place].Documents);
                progress?.Invoke(done / all);
            }
        }

        try
        {
            OneCoreEach.ForEach(batches, OneCoreEach.Degree(model.Config, model.Device), batch =>
            {
                SumsInMemory sums = new(model, pass, only);
                try
                {
                    GradientAccumulation.Run(model, batch.Documents, pass, sums, progress: null, cancellation);
                }
                catch
                {
                    sums.Dispose();
                    throw;
                }

                Finish(batch.Place, sums);
            });
        }
        finally
        {
            foreach (SumsInMemory? sums in finished)
                sums?.Dispose();
        }
    }
}
