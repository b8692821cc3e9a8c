// B documents · T tokens · D width
using Repro.Engine.Cores;
using Repro.Engine.Models;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Evaluation;

/// <summary>Measures perplexity: EOS is predicted, BOS is context.</summary>
public static class Evaluator
{
    // The scores over the vocabulary are what a core's cache must hold between their making and their use; at a vocabulary of 4,096 batches of 256 to 512
    // tokens read a third more tokens a second than those of 2,048, whose scores go through the memory.
    private const int TokensPerBatchOnCpu = 384;
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
        LlamaModel model, IReadOnlyList<int[]> documents, Action<double>? progress = null, CancellationToken cancellation = default) =>
        MeasureAll(model, [documents], progress, cancellation)[0];

    /// <summary>
    /// Scores several texts together. A batch holds documents of one text, so no text's numbers depend on the others; the batches of a small model run side
    /// by side, one on each core, and a streamed model's blocks are brought once for batches of all texts.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">The documents of each text: token ids with BOS and EOS.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1, by one thread at a time; on a GPU, of the work handed to it.</param>
    /// <param name="cancellation">Ends the pass between two batches, or two blocks of a streamed model.</param>
    /// <returns>One measurement per text, in their order.</returns>
    /// <exception cref="ArgumentException">A text has no document.</exception>
    public static IReadOnlyList<Measurement> MeasureAll(
        LlamaModel model, IReadOnlyList<IReadOnlyList<int[]>> texts, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (texts.Any(t => t.Count == 0))
            throw new ArgumentException("There is no document to measure on.", nameof(texts));

        int batchTokens = TokensPerBatch(model.Device);
        Batch[] batches = [.. texts.SelectMany((documents, text) => BatchesByLength(documents, batchTokens).Select(indices => new Batch(text, documents, indices)))];
        Batch[][] sweeps = [.. batches.Chunk(model.IsStreamed ? TokensPerSweep / batchTokens : 1)];
        DocumentScore[][] scores = [.. texts.Select(documents => new DocumentScore[documents.Count])];
        double all = batches.Sum(b => b.Tokens);
        double done = 0;
        Lock counting = new();
        void Report(double tokens)
        {
            if (progress is null)
                return;
            lock (counting)
                progress((done += tokens) / all);
        }

        if (model.IsStreamed || OneCoreEach.Degree(model.Config, model.Device) is not (> 1 and int cores))
        {
            // The sums stay on the device until the end, so that no batch waits for the one before it.
            using DisposeScope scope = NewDisposeScope();
            List<(Batch Batch, Tensor Sums)> scored = [];
            foreach (Batch[] sweep in sweeps)
                scored.AddRange(sweep.Zip(Score(model, sweep, Report, cancellation)));
            foreach ((Batch batch, Tensor sums) in scored)
                batch.Put(sums, scores);
        }
        else
        {
            OneCoreEach.ForEach(sweeps, cores, sweep =>
            {
                using DisposeScope scope = NewDisposeScope();
                foreach ((Batch batch, Tensor sums) in sweep.Zip(Score(model, sweep, Report, cancellation)))
                    batch.Put(sums, scores);
            });
        }

        return [.. scores.Select(s => new Measurement(s))];
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
    private static Tensor[] Score(LlamaModel model, Batch[] sweep, Action<double> report, CancellationToken cancellation)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = inference_mode();
        TokenBatch[] batches = [.. sweep.Select(batch => new TokenBatch([.. batch.Indices.Select(i => batch.Documents[i])], model.Device))];
        Tensor[] hidden_BTD = [.. batches.Select(batch => model.Embed(batch.Inputs_BT))];
        double tokens = sweep.Sum(b => b.Tokens);
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

            report(tokens / model.Config.LayerCount);
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

    private sealed record Batch(int Text, IReadOnlyList<int[]> Documents, int[] Indices)
    {
        public long Tokens { get; } = Indices.Sum(i => Documents[i].Length - 1L);

        public void Put(Tensor sums, DocumentScore[][] scores)
        {
            double[] values = [.. sums.cpu().data<double>()];
            for (int i = 0; i < Indices.Length; i++)
                scores[Text][Indices[i]] = new DocumentScore(values[i], Documents[Indices[i]].Length - 1);
        }
    }
}
