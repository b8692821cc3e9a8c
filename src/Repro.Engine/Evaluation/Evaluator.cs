// B documents · T tokens · D width
using Repro.Engine.Models;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Evaluation;

/// <summary>Measures perplexity: EOS is predicted, BOS is context.</summary>
public static class Evaluator
{
    private const int TokensPerBatchOnCpu = 2048;
    private const int TokensPerBatchOnGpu = 16_384;

    // A streamed model's blocks are brought once for so many tokens; their residual stream is all that is kept.
    private const int TokensPerSweep = 1 << 16;

    /// <summary>Scores documents, in batches of similar length.</summary>
    /// <param name="model">The model.</param>
    /// <param name="documents">Token ids with BOS and EOS.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1; on a GPU, of the work handed to it.</param>
    /// <param name="cancellation">Ends the pass between two batches, or two blocks of a streamed model.</param>
    /// <exception cref="ArgumentException">There is no document.</exception>
    public static Measurement Measure(
        LlamaModel model, IReadOnlyList<int[]> documents, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (documents.Count == 0)
            throw new ArgumentException("There is no document to measure on.", nameof(documents));

        // The sums stay on the device until the end, so that no batch waits for the one before it.
        using DisposeScope scope = NewDisposeScope();
        List<(int[] Batch, Tensor Sums)> scored = [];
        int batchTokens = TokensPerBatch(model.Device);
        double all = documents.Sum(d => d.Length - 1L);
        long done = 0;
        foreach (int[][] sweep in BatchesByLength(documents, batchTokens).Chunk(model.IsStreamed ? TokensPerSweep / batchTokens : 1))
        {
            cancellation.ThrowIfCancellationRequested();
            long tokens = sweep.Sum(batch => batch.Sum(i => documents[i].Length - 1L));
            void Report(double share) => progress?.Invoke((done + (share * tokens)) / all);
            scored.AddRange(sweep.Zip(Score(model, [.. sweep.Select(batch => batch.Select(i => documents[i]).ToArray())], Report, cancellation)));
            done += tokens;
        }

        DocumentScore[] scores = new DocumentScore[documents.Count];
        foreach ((int[] batch, Tensor sums) in scored)
        {
            double[] values = [.. sums.cpu().data<double>()];
            for (int i = 0; i < batch.Length; i++)
                scores[batch[i]] = new DocumentScore(values[i], documents[batch[i]].Length - 1);
        }

        return new Measurement(scores);
    }

    /// <summary>Tokens of the largest batch that documents are measured in, padding included.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="device">Where they are measured.</param>
    public static long BatchTokens(IReadOnlyList<int[]> documents, Device device)
    {
        long longest = documents.Max(d => d.Length);
        return Math.Max(longest, Math.Min(TokensPerBatch(device), longest * documents.Count));
    }

    private static int TokensPerBatch(Device device) => device.type == DeviceType.CPU ? TokensPerBatchOnCpu : TokensPerBatchOnGpu;

    // All batches go through a block before the next block is brought.
    private static Tensor[] Score(LlamaModel model, int[][][] sweep, Action<double> progress, CancellationToken cancellation)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = inference_mode();
        TokenBatch[] batches = [.. sweep.Select(documents => new TokenBatch(documents, model.Device))];
        Tensor[] hidden_BTD = [.. batches.Select(batch => model.Embed(batch.Inputs_BT))];
        for (int layer = 0; layer < model.Config.LayerCount; layer++)
        {
            cancellation.ThrowIfCancellationRequested();
            using BlockLease block = model.Take(layer, layer + 1);
            for (int b = 0; b < hidden_BTD.Length; b++)
            {
                using DisposeScope step = NewDisposeScope();
                Tensor before = hidden_BTD[b];
                hidden_BTD[b] = block.Forward(before).MoveToOuterDisposeScope();
                before.Dispose();
            }

            progress((layer + 1.0) / model.Config.LayerCount);
        }

        Tensor[] sums = [.. batches.Zip(hidden_BTD, (batch, last) => Sums(model, batch, last).MoveToOuterDisposeScope())];
        foreach (TokenBatch batch in batches)
            batch.Dispose();
        return sums;
    }

    private static Tensor Sums(LlamaModel model, TokenBatch batch, Tensor last_BTD)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits_BTV = model.Logits(last_BTD);
        return TokenLoss.PerToken(logits_BTV, batch.Targets_BT.to(logits_BTV.device)).to(ScalarType.Float64).sum(1).MoveToOuterDisposeScope();
    }

    private static IEnumerable<int[]> BatchesByLength(IReadOnlyList<int[]> documents, int tokens)
    {
        List<int> batch = [];
        foreach (int index in Enumerable.Range(0, documents.Count).OrderBy(i => documents[i].Length).ThenBy(i => i))
        {
            if (batch.Count > 0 && (batch.Count + 1) * documents[index].Length > tokens)
            {
                yield return [.. batch];
                batch.Clear();
            }

            batch.Add(index);
        }

        if (batch.Count > 0)
            yield return [.. batch];
    }
}
