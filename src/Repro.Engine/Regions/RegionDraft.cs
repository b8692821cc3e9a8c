using System.Globalization;
using System.Runtime.InteropServices;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Regions;

/// <summary>
/// A region as a sealed file of bits that is made tensor by tensor: an eighth of what <see cref="RegionFile"/> takes, for this project's own use.
/// </summary>
public sealed class RegionDraft : IDisposable
{
    private const string Kind = "region bits";
    private const string ShapePrefix = "shape of ";
    private readonly SafetensorsDraft draft;

    /// <summary>Begins a region; its parts are empty.</summary>
    /// <param name="path">The file; it appears when it is committed.</param>
    /// <param name="shapes">The tensors it covers.</param>
    /// <param name="metadata">What it is made from.</param>
    public RegionDraft(string path, IEnumerable<(string Name, long[] Shape)> shapes, IReadOnlyDictionary<string, string> metadata)
    {
        (string Name, long[] Shape)[] covered = [.. shapes];
        Dictionary<string, string> entries = new(metadata) { ["kind"] = Kind };
        foreach ((string name, long[] shape) in covered)
            entries[ShapePrefix + name] = string.Join(',', shape);
        draft = SafetensorsDraft.Create(path, covered.Select(s => new TensorLayout(s.Name, ScalarType.Byte, [BytesOf(s.Shape)])), entries, isSealed: true);
    }

    /// <summary>Writes one tensor's part.</summary>
    public void Write(string name, Bitmask members)
    {
        using Tensor bytes = tensor(MemoryMarshal.AsBytes(members.Words).ToArray(), ScalarType.Byte);
        draft.Write(name, bytes);
    }

    /// <summary>Puts the file in its place.</summary>
    public void Commit() => draft.Commit();

    /// <summary>Reads the region of a file that was made this way.</summary>
    /// <exception cref="InputException">It was not.</exception>
    public static Region Read(SafetensorsFile file)
    {
        if (file.Header.Metadata.GetValueOrDefault("kind") != Kind)
            throw new InputException("A stored file that should hold a region does not; remove it to have it made again.");
        return new Region([.. file.Header.Tensors.Keys.Select(name =>
        {
            long[] shape = [.. file.Header.Metadata[ShapePrefix + name].Split(',').Select(s => long.Parse(s, CultureInfo.InvariantCulture))];
            using Tensor bytes = file.Read(name);
            return KeyValuePair.Create(name, new RegionPart(shape, new Bitmask(shape.Aggregate(1L, (a, b) => a * b), MemoryMarshal.Cast<byte, ulong>(bytes.bytes))));
        })]);
    }

    /// <inheritdoc/>
    public void Dispose() => draft.Dispose();

    private static long BytesOf(long[] shape) => (shape.Aggregate(1L, (a, b) => a * b) + 63) / 64 * sizeof(ulong);
}
