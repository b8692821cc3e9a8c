// B documents · T tokens · D width · X input width
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Squares of what each weight of each block is multiplied with, one block at a time from the first to the last, forward only.</summary>
public static class LayerwiseInputs
{
    /// <summary>Runs batches forward and hands out Σ x² over their tokens, [X] along a weight's last dimension, in float32.</summary>
    /// <param name="model">The model; its weights do not move.</param>
    /// <param name="batches">The batches, without padding: a padded position would count.</param>
    /// <param name="visitor">Gets the sums in the place of gradients.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1.</param>
    /// <param name="cancellation">Ends the pass between two blocks.</param>
    public static void Visit(
        LlamaModel model, IReadOnlyList<TokenBatch> batches, IGradientVisitor visitor, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor[] hidden = [.. batches.Select(b => model.Embed(b.Inputs_BT))];
        for (int layer = 0; layer < model.Config.LayerCount; layer++)
        {
            cancellation.ThrowIfCancellationRequested();
            using BlockLease block = model.Take(layer, layer + 1);
            Dictionary<Tensor, string> names = new(block.Weights.Select(w => KeyValuePair.Create(w.Value, w.Key)), ReferenceEqualityComparer.Instance);
            using ProjectionInputs inputs = new((weight, input) =>
            {
                if (visitor.Wants(names[weight]))
                    visitor.Visit(names[weight], weight, Squares(input));
            });
            for (int b = 0; b < hidden.Length; b++)
            {
                using DisposeScope step = NewDisposeScope();
                Tensor next_BTD = block.Forward(hidden[b]);
                hidden[b].Dispose();
                hidden[b] = next_BTD.MoveToOuterDisposeScope();
            }

            visitor.EndBlock();
            progress?.Invoke((layer + 1.0) / model.Config.LayerCount);
        }
    }

    private static Tensor Squares(Tensor input_BTX) => input_BTX.to(ScalarType.Float32).Squared().flatten(0, -2).sum([0L]);
}
