using Repro.Engine.Models;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>One weight's importance, exact and first-order.</summary>
/// <param name="Exact">|L(θ) − L(θ | θ_j = 0)| (Eq. 2), nats per token.</param>
/// <param name="FirstOrder">|g_j θ_j| (Eq. 4), nats per token.</param>
public readonly record struct AblatedWeight(double Exact, double FirstOrder);

/// <summary>Exact importance by removing one weight at a time (Eq. 2), to hold the first-order one against.</summary>
public static class ExactAblation
{
    /// <summary>Measures weights of one tensor.</summary>
    /// <param name="model">The model, best in float64: one weight's effect is far below float32's resolution of a loss.</param>
    /// <param name="name">The tensor, of a block.</param>
    /// <param name="indices">Row-major indices in it.</param>
    /// <param name="documents">Text that L is the mean loss per predicted token of.</param>
    /// <param name="cancellation">Ends the work between two weights; the weights are restored.</param>
    /// <exception cref="ArgumentException">The tensor is not a block's.</exception>
    public static IReadOnlyList<AblatedWeight> Measure(
        LlamaModel model, string name, IReadOnlyList<long> indices, IReadOnlyList<int[]> documents, CancellationToken cancellation = default)
    {
        int first = model.Layout.LayerOf(name) ?? throw new ArgumentException($"'{name}' is not a weight of a block.", nameof(name));
        using TokenBatch batch = new(documents, model.Device);
        GatheredGradient gathered = new(name, [.. indices]);
        LayerwiseGradients.Visit(model, [batch], gathered, cancellation: cancellation);

        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor before_BTD = model.Through(model.Embed(batch.Inputs_BT), 0, first);
        double whole = Loss(model, batch, before_BTD, first);
        AblatedWeight[] result = new AblatedWeight[indices.Count];
        for (int i = 0; i < result.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            long index = indices[i];
            using IDisposable removed = model.Overwrite(name, new WeightEdit(() => [index], old => zeros_like(old)));
            result[i] = new AblatedWeight(Math.Abs(whole - Loss(model, batch, before_BTD, first)), Math.Abs(gathered.Gradients[i] * gathered.Values[i]));
        }

        return result;
    }

    // The blocks below the weight compute the same with and without it.
    private static double Loss(LlamaModel model, TokenBatch batch, Tensor before_BTD, int first)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits_BTV = model.Logits(model.Through(before_BTD, first, model.Config.LayerCount));
        return TokenLoss.Mean(logits_BTV, batch.Targets_BT.to(logits_BTV.device)).ToDouble();
    }

    private sealed class GatheredGradient(string wanted, long[] indices) : IGradientVisitor
    {
        public double[] Values { get; private set; } = [];

        public double[] Gradients { get; private set; } = [];

        public bool Wants(string name) => name == wanted;

        public void Visit(string name, Tensor weight, Tensor gradient) => (Values, Gradients) = (Gather(weight.detach()), Gather(gradient));

        public void EndBlock()
        {
        }

        private double[] Gather(Tensor values)
        {
            using DisposeScope scope = NewDisposeScope();
            return [.. values.flatten().index_select(0, tensor(indices, ScalarType.Int64).to(values.device)).to(ScalarType.Float64).cpu().data<double>()];
        }
    }
}
