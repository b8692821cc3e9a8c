// B micro-batch · T tokens · D width
using Repro.Engine.Models;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>
/// Gradients of each micro-batch's mean loss, one block at a time from the last to the first: a block's gradients are handed out and freed before the
/// next block's exist.
/// </summary>
/// <remarks>
/// A micro-batch alone keeps the graph of its forward pass. Several micro-batches go through each block together, so that its weights are brought and
/// its sums are opened once for all of them; only the residual stream between blocks is kept then, and each block is computed again on the way back
/// (a third more work). Both give the same numbers in the same order.
/// </remarks>
public static class LayerwiseGradients
{
    /// <summary>Runs micro-batches forward and hands out ∂L/∂θ of every block's weights.</summary>
    /// <param name="model">The model; its weights do not move.</param>
    /// <param name="batches">The micro-batches; L is a micro-batch's mean loss per predicted token, or the sum of several such means.</param>
    /// <param name="visitor">Gets the gradients; within a block, micro-batch by micro-batch in their order.</param>
    /// <param name="progress">Called with the share of the work done, 0 to 1.</param>
    /// <param name="cancellation">Ends the pass between two blocks.</param>
    public static void Visit(
        LlamaModel model, IReadOnlyList<TokenBatch> batches, IGradientVisitor visitor, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        using DisposeScope scope = NewDisposeScope();
        if (batches.Count == 1 && !model.IsStreamed)
            VisitKeepingGraph(model, batches[0], visitor);
        else
            VisitByBlock(model, batches, visitor, progress, cancellation);
    }

    private static void VisitKeepingGraph(LlamaModel model, TokenBatch batch, IGradientVisitor visitor)
    {
        int layers = model.Config.LayerCount;
        Tensor[] inputs = new Tensor[layers];
        Tensor[] outputs = new Tensor[layers];
        Tensor hidden_BTD = model.Embed(batch.Inputs_BT);
        for (int layer = 0; layer < layers; layer++)
        {
            inputs[layer] = hidden_BTD.detach().requires_grad_(true);
            using BlockLease block = model.Take(layer, layer + 1);
            hidden_BTD = outputs[layer] = block.Forward(inputs[layer]);
        }

        Tensor upstream = LossGradient(model, outputs[^1], batch);
        for (int layer = layers - 1; layer >= 0; layer--)
        {
            using BlockLease block = model.Take(layer, layer - 1);
            upstream = Backward(block, inputs[layer], outputs[layer], upstream, visitor);
            visitor.EndBlock();
            outputs[layer].Dispose();
        }
    }

    private static void VisitByBlock(
        LlamaModel model, IReadOnlyList<TokenBatch> batches, IGradientVisitor visitor, Action<double>? progress, CancellationToken cancellation)
    {
        // A block is computed once on the way there; on the way back once more, with twice as much for its gradients.
        int layers = model.Config.LayerCount;
        double work = 4.0 * layers;
        Tensor[][] inputs = new Tensor[layers + 1][];
        using (no_grad())
        {
            inputs[0] = [.. batches.Select(b => model.Embed(b.Inputs_BT))];
            for (int layer = 0; layer < layers; layer++)
            {
                cancellation.ThrowIfCancellationRequested();
                using BlockLease block = model.Take(layer, layer + 1);
                inputs[layer + 1] = [.. inputs[layer].Select(hidden_BTD => Forward(block, hidden_BTD))];
                progress?.Invoke((layer + 1) / work);
            }
        }

        Tensor[] upstream = [.. batches.Select((batch, b) => LossGradient(model, inputs[layers][b], batch))];
        for (int layer = layers - 1; layer >= 0; layer--)
        {
            cancellation.ThrowIfCancellationRequested();
            using BlockLease block = model.Take(layer, layer - 1);
            for (int b = 0; b < batches.Count; b++)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor input = inputs[layer][b].detach().requires_grad_(true);
                Tensor downstream = Backward(block, input, block.Forward(input), upstream[b], visitor);
                upstream[b].Dispose();
                upstream[b] = downstream.MoveToOuterDisposeScope();
                inputs[layer + 1][b].Dispose();
            }

            visitor.EndBlock();
            progress?.Invoke((layers + (3.0 * (layers - layer))) / work);
        }
    }

    private static Tensor Forward(BlockLease block, Tensor hidden_BTD)
    {
        using DisposeScope scope = NewDisposeScope();
        return block.Forward(hidden_BTD).MoveToOuterDisposeScope();
    }

    private static Tensor LossGradient(LlamaModel model, Tensor last_BTD, TokenBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor last = last_BTD.detach().requires_grad_(true);
        Tensor normed_BTD = model.Normed(last);
        Device device = normed_BTD.device;
        Tensor upstream_BTD = HeadGradient.Of(normed_BTD, model.Head_VD, batch.Targets_BT.to(device), batch.Shares_BT.to(device), ofHead: false, model.Config.FinalSoftCap).Input_NTD;
        return autograd.grad([normed_BTD], [last], [upstream_BTD])[0].MoveToOuterDisposeScope();
    }

    private static Tensor Backward(BlockLease block, Tensor input, Tensor output, Tensor upstream, IGradientVisitor visitor)
    {
        using DisposeScope scope = NewDisposeScope();
        KeyValuePair<string, Tensor>[] weights = [.. block.Weights.Where(w => visitor.Wants(w.Key))];
        IList<Tensor> gradients = autograd.grad([output], [.. weights.Select(w => w.Value), input], [upstream]);
        for (int i = 0; i < weights.Length; i++)
            visitor.Visit(weights[i].Key, weights[i].Value, gradients[i]);
        return gradients[^1].MoveToOuterDisposeScope();
    }
}
