using Repro.Engine.Models;
using Repro.Engine.Seeds;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Evaluation;

/// <summary>Continues a text token by token.</summary>
public static class TextGeneration
{
    /// <summary>Generates ids after a prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">Token ids, BOS first.</param>
    /// <param name="count">Most ids to generate; EOS ends earlier, and so does the model's last position.</param>
    /// <param name="temperature">0 takes the most likely token; otherwise the softmax's temperature.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="cancellation">Ends the generation between two tokens.</param>
    /// <returns>The ids as they come, without EOS.</returns>
    public static IEnumerable<int> Generate(
        LlamaModel model, IReadOnlyList<int> prompt, int count, double temperature, ulong seed, CancellationToken cancellation = default)
    {
        SplitMix random = new(seed);
        List<int> ids = [.. prompt];
        for (int i = 0; i < count && ids.Count < model.Config.MaxPositions; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            int next = Next(model, ids, temperature, random);
            if (model.Config.IsEos(next))
                yield break;
            ids.Add(next);
            yield return next;
        }
    }

    private static int Next(LlamaModel model, List<int> ids, double temperature, SplitMix random)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = inference_mode();
        Tensor tokens_BT = tensor([.. ids.Select(id => (long)id)], [1, ids.Count], ScalarType.Int64).to(model.Device);
        Tensor scores_V = model.Forward(tokens_BT)[0, -1].to(ScalarType.Float64);
        if (temperature == 0)
            return (int)scores_V.argmax().ToInt64();
        double[] cumulative = [.. softmax(scores_V / temperature, 0).cumsum(0).cpu().data<double>()];
        int index = Array.BinarySearch(cumulative, random.Fraction() * cumulative[^1]);
        return Math.Min(index < 0 ? ~index : index + 1, cumulative.Length - 1);
    }
}
