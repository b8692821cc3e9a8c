using Repro.Engine.Models;
using Repro.Engine.Safetensors;
using Repro.Engine.Seeds;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>A checkpoint of random weights in any shape, to try what a machine can hold and as a control; written tensor by tensor.</summary>
public static class RandomCheckpoint
{
    /// <summary>Writes configuration and weights: matrices from N(0, 0.02²), those that write into the residual stream divided by √(2 · layers), norms 1, biases 0.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="config">The shape.</param>
    /// <param name="type">Type of the weights.</param>
    /// <param name="seed">Each tensor's draw has a seed of its own, derived from this one and its name.</param>
    /// <param name="progress">Called with the share written, 0 to 1.</param>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    public static void Write(string folder, LlamaConfig config, ScalarType type, ulong seed, Action<double>? progress = null)
    {
        StoredLayout layout = StoredLayout.Of(config);
        double total = layout.Tensors.Sum(t => new TensorLayout(t.Name, type, t.Shape).Length);
        long done = 0;
        layout.Write(
            folder,
            type,
            weight =>
            {
                using Generator generator = new(SplitMix.Derive(seed, weight.Name), CPU);
                return Initialisation.Draw(config, weight.Role, weight.Shape, generator);
            },
            written: bytes => progress?.Invoke((done += bytes) / total));
        Checkpoint.WriteConfig(folder, config with { WeightType = type });
    }
}
