using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Regions;

/// <summary>A region that is written tensor by tensor, into a sealed file of bits that <see cref="RegionFile"/> reads.</summary>
public sealed class RegionDraft : IDisposable
{
    private readonly SafetensorsDraft draft;

    /// <summary>Begins a region; its parts are empty.</summary>
    /// <param name="path">The file; it appears when it is committed.</param>
    /// <param name="shapes">The tensors it covers.</param>
    /// <param name="metadata">What it is made from.</param>
    public RegionDraft(string path, IEnumerable<(string Name, long[] Shape)> shapes, IReadOnlyDictionary<string, string> metadata)
    {
        (string Name, long[] Shape)[] covered = [.. shapes];
        Dictionary<string, string> entries = new(metadata);
        foreach ((string key, string value) in RegionBits.Metadata(covered))
            entries[key] = value;
        draft = SafetensorsDraft.Create(path, covered.Select(s => RegionBits.Layout(s.Name, s.Shape)), entries, isSealed: true);
    }

    /// <summary>Writes one tensor's part.</summary>
    public void Write(string name, Bitmask members)
    {
        using Tensor bytes = tensor(members.Bytes.ToArray(), ScalarType.Byte);
        draft.Write(name, bytes);
    }

    /// <summary>Puts the file in its place.</summary>
    public void Commit() => draft.Commit();

    /// <inheritdoc/>
    public void Dispose() => draft.Dispose();
}
