using Repro.Engine.Models;
using Repro.Engine.Seeds;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>A control: a model whose weights are shuffled within each tensor, so that every tensor keeps its values and none of what training has put where.</summary>
public static class PermutedCheckpoint
{
    /// <summary>Shuffles the weights of a model in memory.</summary>
    /// <param name="model">The model; its blocks are resident.</param>
    /// <param name="seed">Each tensor's order has a seed of its own, derived from this one and its name.</param>
    public static void Permute(LlamaModel model, ulong seed)
    {
        foreach (string name in model.Parameters.Keys)
        {
            using DisposeScope scope = NewDisposeScope();
            model.Parameters.Set(name, Permuted(name, model.Parameters[name], seed));
        }
    }

    /// <summary>Writes a model with its weights shuffled, tensor by tensor.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="model">The model, which stays as it is.</param>
    /// <param name="seed">As for <see cref="Permute"/>, with the same outcome.</param>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    public static void Write(string folder, LlamaModel model, ulong seed)
    {
        StoredLayout.Of(model.Config).Write(folder, model.WeightType, weight => Permuted(weight.Name, model.Weight(weight.Name), seed));
        Checkpoint.WriteConfig(folder, model.Config with { WeightType = model.WeightType });
    }

    // In the caller's dispose scope, on the CPU.
    private static Tensor Permuted(string name, Tensor weight, ulong seed)
    {
        using IDisposable noGradient = no_grad();
        using Generator generator = new(SplitMix.Derive(seed, name), CPU);
        using Tensor order = randperm(weight.numel(), generator: generator);
        return weight.detach().cpu().flatten()[order].reshape(weight.shape);
    }
}
