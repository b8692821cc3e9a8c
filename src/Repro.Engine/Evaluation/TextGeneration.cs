using Repro.Engine.Models;
using Repro.Engine.Native;
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
        using KeyValueCache read = new();
        for (int i = 0; i < count && ids.Count < model.Config.MaxPositions; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            int next = Next(model, ids, read, temperature, random);
            if (model.Config.IsEos(next))
                yield break;
            ids.Add(next);
            yield return next;
        }
    }

    /// <summary>Continues prompts of one length together, each by as many ids: the end of a document is never drawn.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Token ids, BOS first.</param>
    /// <param name="count">Ids to generate; with the prompts they are no more than the model's positions.</param>
    /// <param name="temperature">The softmax's temperature, above 0.</param>
    /// <param name="seeds">Seed of each prompt's draws.</param>
    /// <param name="cancellation">Ends the generation between two tokens.</param>
    /// <returns>The ids after each prompt.</returns>
    public static int[][] Continue(
        LlamaModel model, IReadOnlyList<int[]> prompts, int count, double temperature, IReadOnlyList<ulong> seeds, CancellationToken cancellation = default)
    {
        SplitMix[] random = [.. seeds.Select(seed => new SplitMix(seed))];
        List<int>[] ids = [.. prompts.Select(prompt => new List<int>(prompt))];
        using KeyValueCache read = new();
        long[] ends = [.. Enumerable.Range(0, model.Config.VocabularySize).Where(model.Config.IsEos).Select(id => (long)id)];
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = inference_mode();
            Tensor scores_BV = Scores(model, ids, read).index_fill_(1, tensor(ends), Scalars.Of(double.NegativeInfinity));
            double[] cumulative_BV = [.. softmax(scores_BV.Over(temperature), 1).cumsum(1).data<double>()];
            for (int b = 0; b < ids.Length; b++)
                ids[b].Add(Drawn(cumulative_BV.AsSpan(b * model.Config.VocabularySize, model.Config.VocabularySize), random[b]));
        }

        return [.. ids.Zip(prompts, (all, prompt) => all[prompt.Length..].ToArray())];
    }

    private static int Next(LlamaModel model, List<int> ids, KeyValueCache read, double temperature, SplitMix random)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = inference_mode();
        Tensor scores_V = Scores(model, [ids], read)[0];
        if (!scores_V.isfinite().all().ToBoolean())
            throw NonFinite.Complaint(model, [ids], "A score of the next token");
        return temperature == 0 ? (int)scores_V.argmax().ToInt64() : Drawn([.. softmax(scores_V.Over(temperature), 0).cumsum(0).data<double>()], random);
    }

    // Of the last position alone: float64 [B, V] on the CPU.
    private static Tensor Scores(LlamaModel model, List<int>[] ids, KeyValueCache read)
    {
        int known = (int)read.TokensOf(0);
        int further = ids[0].Count - known;
        Tensor tokens_BT = tensor([.. ids.SelectMany(row => row.Skip(known)).Select(id => (long)id)], [ids.Length, further], ScalarType.Int64).to(model.Device);
        Tensor hidden_BTD = model.Through(model.Embed(tokens_BT), 0, model.Config.LayerCount, read);
        return model.Logits(hidden_BTD.narrow(1, further - 1, 1)).squeeze(1).to(ScalarType.Float64).cpu();
    }

    private static int Drawn(ReadOnlySpan<double> cumulative, SplitMix random)
    {
        int index = cumulative.BinarySearch(random.Fraction() * cumulative[^1]);
        return Math.Min(index < 0 ? ~index : index + 1, cumulative.Length - 1);
    }
}
