using Repro.Engine.Models;
using Repro.Engine.Text;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>
/// Gradients of the mean loss, one block at a time from the last to the first: each block's gradients are handed out and freed before the
/// next block's exist.
/// </summary>
public static class LayerwiseGradients
{
    /// <summary>Runs a batch forward and hands out ∂L/∂θ of every block's weights.</summary>
    /// <param name="model">The model; its weights do not move.</param>
    /// <param name="batch">The micro-batch; L is its mean loss per predicted token.</param>
    /// <param name="visit">Gets each weight's name, the weight and its gradient; the gradient is freed when it returns.</param>
    /// <returns>L, nats per token.</returns>
    public static double Visit(LlamaModel model, TokenBatch batch, Action<string, Tensor, Tensor> visit)
    {
        using DisposeScope scope = NewDisposeScope();
        RotaryAngles angles = model.Angles(batch.Inputs_BT.shape[1]);
        (Tensor[] inputs, Tensor[] outputs) = ForwardByBlock(model, batch.Inputs_BT, angles);
        Tensor last = outputs[^1].detach().requires_grad_(true);
        Tensor loss = TokenLoss.Mean(model.Logits(last), batch.Targets_BT);
        Tensor upstream = autograd.grad([loss], [last])[0];
        for (int layer = model.Blocks.Count - 1; layer >= 0; layer--)
            upstream = BackwardThroughBlock(model, layer, inputs[layer], outputs[layer], upstream, visit);
        return loss.ToDouble();
    }

    private static (Tensor[] Inputs, Tensor[] Outputs) ForwardByBlock(LlamaModel model, Tensor tokens_BT, RotaryAngles angles)
    {
        Tensor[] inputs = new Tensor[model.Blocks.Count];
        Tensor[] outputs = new Tensor[model.Blocks.Count];
        Tensor hidden_BTD = model.Embed(tokens_BT);
        for (int layer = 0; layer < model.Blocks.Count; layer++)
        {
            inputs[layer] = hidden_BTD.detach().requires_grad_(true);
            hidden_BTD = outputs[layer] = model.Blocks[layer].Forward(inputs[layer], angles);
        }

        return (inputs, outputs);
    }

    private static Tensor BackwardThroughBlock(
        LlamaModel model, int layer, Tensor input, Tensor output, Tensor upstream, Action<string, Tensor, Tensor> visit)
    {
        using DisposeScope scope = NewDisposeScope();
        KeyValuePair<string, Parameter>[] weights = [.. model.Parameters.OfLayer(layer)];
        IList<Tensor> gradients = autograd.grad([output], [.. weights.Select(w => w.Value), input], [upstream]);
        for (int i = 0; i < weights.Length; i++)
            visit($"model.layers.{layer}.{weights[i].Key}", weights[i].Value, gradients[i]);
        output.Dispose();
        return gradients[^1].MoveToOuterDisposeScope();
    }
}
