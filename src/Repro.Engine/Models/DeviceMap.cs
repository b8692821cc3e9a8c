using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Which device holds which part of a model: blocks in equal runs over the devices, the embedding on the first, the output head on the last.</summary>
public sealed class DeviceMap
{
    private readonly IReadOnlyList<Device> devices;
    private readonly int layers;

    /// <summary>Spreads blocks over devices.</summary>
    /// <param name="devices">The devices, at least one.</param>
    /// <param name="layers">Number of blocks.</param>
    public DeviceMap(IReadOnlyList<Device> devices, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(devices.Count, nameof(devices));
        this.devices = devices;
        this.layers = layers;
    }

    /// <summary>The devices, first to last.</summary>
    public IReadOnlyList<Device> All => devices;

    /// <summary>Where tokens go in.</summary>
    public Device First => devices[0];

    /// <summary>Where scores come out.</summary>
    public Device Last => devices[^1];

    /// <summary>Where a block is.</summary>
    /// <param name="layer">Index from 0.</param>
    public Device OfLayer(int layer) => devices[layer * devices.Count / layers];

    /// <summary>Where a weight is.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="name">The weight's name.</param>
    public Device Of(LlamaConfig config, string name)
    {
        ModelLayout layout = ModelLayout.Of(config);
        if (layout.LayerOf(name) is { } layer)
            return OfLayer(layer);

        // A tied embedding is both the first and the last weight; it stays where tokens go in.
        return layout.RoleOf(name) == WeightRole.Embedding || config.TieWordEmbeddings ? First : Last;
    }
}
