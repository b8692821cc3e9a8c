using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>
/// Blocks whose weights stay in the checkpoint's files and come to their device when a block is computed; while one block computes, the next is
/// being brought. Edits are kept beside the files and made anew whenever a weight is brought, so that no file is ever written.
/// </summary>
internal sealed class StreamedBlocks : IDisposable
{
    private readonly IWeightSource source;
    private readonly LlamaConfig config;
    private readonly ScalarType type;
    private readonly DeviceMap devices;
    private readonly Dictionary<string, List<WeightEdit>> edits = new(StringComparer.Ordinal);
    private (int Layer, Task<Dictionary<string, Tensor>> Weights)? ahead;

    public StreamedBlocks(LlamaConfig config, ScalarType type, DeviceMap devices, IWeightSource source)
    {
        this.config = config;
        this.type = type;
        this.devices = devices;
        this.source = source;
    }

    /// <summary>Whether a weight is edited when it is brought.</summary>
    public bool HasEdits => edits.Values.Any(list => list.Count > 0);

    /// <summary>A block's weights by full name; the caller disposes them.</summary>
    /// <param name="layer">The block.</param>
    /// <param name="next">The block that will be asked for after it, or one that does not exist.</param>
    public IReadOnlyDictionary<string, Tensor> Take(int layer, int next)
    {
        Dictionary<string, Tensor>? brought = null;
        if (ahead is { } waiting)
        {
            ahead = null;
            if (waiting.Layer == layer)
                brought = waiting.Weights.GetAwaiter().GetResult();
            else
                Forget(waiting.Weights);
        }

        brought ??= Bring(layer);
        if (next >= 0 && next < config.LayerCount)
            ahead = (next, Task.Run(() => Bring(next)));
        return brought;
    }

    /// <summary>One weight as it is now, in the caller's dispose scope.</summary>
    public Tensor Read(string name)
    {
        using IDisposable noGradient = no_grad();
        Tensor stored = source.Read(name);
        Tensor weight = stored.to(config.Architecture.HeldType(ModelLayout.Of(config).RoleOf(name), type)).to(devices.Of(config, name));
        if (!ReferenceEquals(weight, stored))
            stored.Dispose();
        foreach (WeightEdit edit in edits.GetValueOrDefault(name) ?? [])
            edit.Apply(weight).Dispose();
        return weight;
    }

    /// <summary>Edits a weight whenever it is brought, until the returned scope is left.</summary>
    public IDisposable Edit(string name, WeightEdit edit)
    {
        ForgetAhead();
        if (!edits.TryGetValue(name, out List<WeightEdit>? list))
            edits[name] = list = [];
        list.Add(edit);
        return new Undo(this, list, edit);
    }

    public void Dispose()
    {
        ForgetAhead();
        source.Dispose();
    }

    private Dictionary<string, Tensor> Bring(int layer)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = new(StringComparer.Ordinal);
        foreach (LayoutWeight weight in ModelLayout.Of(config).Weights.Where(w => w.Layer == layer))
            weights[weight.Name] = Read(weight.Name).requires_grad_(true).DetachFromDisposeScope();
        return weights;
    }

    private void ForgetAhead()
    {
        if (ahead is { } waiting)
            Forget(waiting.Weights);
        ahead = null;
    }

    private static void Forget(Task<Dictionary<string, Tensor>> weights)
    {
        foreach (Tensor weight in weights.GetAwaiter().GetResult().Values)
            weight.Dispose();
    }

    private sealed class Undo(StreamedBlocks owner, List<WeightEdit> list, WeightEdit edit) : IDisposable
    {
        public void Dispose()
        {
            owner.ForgetAhead();
            list.Remove(edit);
        }
    }
}
