// B documents · T tokens
using Repro.Engine.Models;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Evaluation;

/// <summary>Measures perplexity: EOS is predicted, BOS is context.</summary>
public static class Evaluator
{
    private const int TokensPerBatch = 2048;

    /// <summary>Scores documents, in batches of similar length.</summary>
    /// <param name="model">The model.</param>
    /// <param name="documents">Token ids with BOS and EOS.</param>
    /// <param name="cancellation">Ends the pass between two batches.</param>
    /// <exception cref="ArgumentException">There is no document.</exception>
    public static Measurement Measure(LlamaModel model, IReadOnlyList<int[]> documents, CancellationToken cancellation = default)
    {
        if (documents.Count == 0)
            throw new ArgumentException("There is no document to measure on.", nameof(documents));

        DocumentScore[] scores = new DocumentScore[documents.Count];
        foreach (int[] batch in BatchesByLength(documents))
        {
            cancellation.ThrowIfCancellationRequested();
            double[] sums = Score(model, [.. batch.Select(i => documents[i])]);
            for (int i = 0; i < batch.Length; i++)
                scores[batch[i]] = new DocumentScore(sums[i], documents[batch[i]].Length - 1);
        }

        return new Measurement(scores);
    }

    private static double[] Score(LlamaModel model, int[][] documents)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = inference_mode();
        using TokenBatch batch = new(documents, model.Device);
        Tensor nll_BT = TokenLoss.PerToken(model.Forward(batch.Inputs_BT), batch.Targets_BT);
        return [.. nll_BT.to(ScalarType.Float64).sum(1).cpu().data<double>()];
    }

    private static IEnumerable<int[]> BatchesByLength(IReadOnlyList<int[]> documents)
    {
        List<int> batch = [];
        foreach (int index in Enumerable.Range(0, documents.Count).OrderBy(i => documents[i].Length).ThenBy(i => i))
        {
            if (batch.Count > 0 && (batch.Count + 1) * documents[index].Length > TokensPerBatch)
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
