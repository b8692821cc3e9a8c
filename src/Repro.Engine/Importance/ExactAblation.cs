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
    /// <param name="name">The tensor.</param>
    /// <param name="indices">Row-major indices in it.</param>
    /// <param name="documents">Text that L is the mean loss per predicted token of.</param>
    /// <param name="cancellation">Ends the work between two weights; the weights are restored.</param>
    public static IReadOnlyList<AblatedWeight> Measure(
        LlamaModel model, string name, IReadOnlyList<long> indices, IReadOnlyList<int[]> documents, CancellationToken cancellation = default)
    {
        using DisposeScope scope = NewDisposeScope();
        using TokenBatch batch = new(documents, model.Device);
        Tensor weight = model.Parameters[name];
        Tensor where = tensor(indices.ToArray(), ScalarType.Int64).to(model.Device);
        double[] values = Gather(weight.detach(), where);
        double[] gradients = Gather(autograd.grad([TokenLoss.Mean(model.Forward(batch.Inputs_BT), batch.Targets_BT)], [weight])[0], where);

        using IDisposable noGradient = no_grad();
        Tensor flat = weight.detach().view(-1);
        double whole = Loss(model, batch);
        AblatedWeight[] result = new AblatedWeight[indices.Count];
        for (int i = 0; i < result.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            flat[indices[i]] = 0.0;
            try
            {
                result[i] = new AblatedWeight(Math.Abs(whole - Loss(model, batch)), Math.Abs(gradients[i] * values[i]));
            }
            finally
            {
                flat[indices[i]] = values[i];
            }
        }

        return result;
    }

    private static double[] Gather(Tensor values, Tensor where) => [.. values.flatten().index_select(0, where).to(ScalarType.Float64).cpu().data<double>()];

    private static double Loss(LlamaModel model, TokenBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        return TokenLoss.Mean(model.Forward(batch.Inputs_BT), batch.Targets_BT).ToDouble();
    }
}
