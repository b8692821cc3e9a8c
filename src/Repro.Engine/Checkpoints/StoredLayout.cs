using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>A tensor of a checkpoint's files.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Weights">The weights it holds, the rows of one below those of the other; most hold one.</param>
internal sealed record StoredTensor(string Name, IReadOnlyList<LayoutWeight> Weights)
{
    /// <summary>Its sizes.</summary>
    public long[] Shape { get; } = [Weights.Sum(w => w.Shape[0]), .. Weights[0].Shape[1..]];
}

/// <summary>How a model's weights lie in a checkpoint's files.</summary>
internal sealed class StoredLayout
{
    private readonly Architecture architecture;
    private readonly Dictionary<string, StoredTensor> tensorOf = new(StringComparer.Ordinal);

    private StoredLayout(LlamaConfig config)
    {
        architecture = config.Architecture;
        Tensors = [.. ModelLayout.Of(config).Weights.GroupBy(StoredName).Select(g => new StoredTensor(g.Key, [.. g]))];
        foreach (StoredTensor tensor in Tensors)
        {
            foreach (LayoutWeight weight in tensor.Weights)
                tensorOf[weight.Name] = tensor;
        }
    }

    /// <summary>The layout of a model of a shape.</summary>
    public static StoredLayout Of(LlamaConfig config) => new(config);

    /// <summary>All tensors, in the order of the network.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>Reads a weight.</summary>
    /// <param name="files">The files.</param>
    /// <param name="name">The weight's name.</param>
    /// <returns>A tensor on the CPU; the caller disposes it.</returns>
    public Tensor Read(WeightFiles files, string name)
    {
        StoredTensor tensor = tensorOf[name];
        LayoutWeight[] before = [.. tensor.Weights.TakeWhile(w => w.Name != name)];
        LayoutWeight weight = tensor.Weights[before.Length];
        Tensor stored = files.Read(tensor.Name, before.Sum(w => w.Shape[0]), weight.Shape[0]);
        return architecture.StoredShift(weight.Role) is not 0 and var shift ? Shifted(stored, shift) : stored;
    }

    /// <summary>Writes weights into a folder's files.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="type">The type to store them in.</param>
    /// <param name="weight">Makes a weight, in the caller's dispose scope; asked for in the order of the network.</param>
    /// <param name="maxBytes">Largest file.</param>
    /// <param name="written">Called with the bytes written after each tensor.</param>
    public void Write(string folder, ScalarType type, Func<LayoutWeight, Tensor> weight, long maxBytes = ShardWriter.LargestFile, Action<long>? written = null)
    {
        Dictionary<string, StoredTensor> byName = Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        Tensor Make(TensorLayout layout)
        {
            Tensor[] parts = [.. byName[layout.Name].Weights.Select(w => AsStored(w, weight(w)).to(type))];
            return parts.Length == 1 ? parts[0] : cat(parts, dim: 0);
        }

        ShardWriter.Write(folder, [.. Tensors.Select(t => new TensorLayout(t.Name, type, t.Shape))], Make, maxBytes, written);
    }

    private Tensor AsStored(LayoutWeight weight, Tensor held) => architecture.StoredShift(weight.Role) is not 0 and var shift ? held.to(ScalarType.Float64).Plus(-shift) : held;

    private static Tensor Shifted(Tensor stored, double shift)
    {
        using (stored)
        {
            using Tensor wide = stored.to(ScalarType.Float64);
            return wide.Plus(shift);
        }
    }

    private string StoredName(LayoutWeight weight) =>
        weight.Layer is { } layer && architecture.Fused.FirstOrDefault(f => f.Roles.Contains(weight.Role)) is { } fused ? fused.Name(layer) : weight.Name;
}
