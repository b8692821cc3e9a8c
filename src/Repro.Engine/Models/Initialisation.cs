using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Random weights for a model that is to be trained.</summary>
public static class Initialisation
{
    /// <summary>Standard deviation of a matrix before training.</summary>
    public const double StandardDeviation = 0.02;

    /// <summary>
    /// Draws every matrix from N(0, 0.02²), the two that write into the residual stream divided by √(2 · layers) (GPT-2), and sets norms to 1 and biases to 0.
    /// </summary>
    /// <param name="model">The model to fill.</param>
    /// <param name="seed">Seeds a generator of its own, on the CPU.</param>
    public static void Randomise(LlamaModel model, long seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Generator generator = new((ulong)seed, CPU);
        foreach ((string name, Tensor weight) in model.Parameters.Select(p => (p.Key, (Tensor)p.Value)))
            model.Parameters.Set(name, Draw(model.Config, model.Layout.RoleOf(name), weight.shape, generator));
    }

    /// <summary>One weight's first values, float32 on the CPU, in the caller's dispose scope.</summary>
    internal static Tensor Draw(LlamaConfig config, WeightRole role, long[] shape, Generator generator)
    {
        if (role.IsBias())
            return zeros(shape);
        if (role.IsNorm())
            return ones(shape);
        return randn(shape, generator: generator).Times(StandardDeviation * (role.WritesResidual() ? 1 / Math.Sqrt(2.0 * config.LayerCount) : 1));
    }
}
