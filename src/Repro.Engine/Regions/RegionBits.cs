using System.Globalization;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Regions;

/// <summary>
/// The form of a region's file: for each weight tensor of n elements a uint8 tensor of ⌈n / 8⌉ bytes under its name, in which element i, row-major, is bit
/// i mod 8, the lowest first, of byte ⌊i / 8⌋; the rest of the last byte is 0. The metadata has the tensors' own shapes.
/// </summary>
internal static class RegionBits
{
    public const string Kind = "region bits";
    private const string VersionName = "version";
    private const string Version = "1";
    private const string ShapePrefix = "shape of ";
    private const string Remedy = "make the region again with 'repro region'";

    /// <summary>The metadata of a region that covers some tensors.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Metadata(IEnumerable<(string Name, long[] Shape)> shapes) =>
        shapes.Select(s => KeyValuePair.Create(ShapePrefix + s.Name, string.Join(',', s.Shape)))
            .Append(KeyValuePair.Create("kind", Kind))
            .Append(KeyValuePair.Create(VersionName, Version));

    /// <summary>The tensor that holds the bits of a weight tensor.</summary>
    public static TensorLayout Layout(string name, long[] shape) => new(name, ScalarType.Byte, [Bitmask.BytesFor(shape.Aggregate(1L, (a, b) => a * b))]);

    /// <summary>Reads a region of bits.</summary>
    /// <exception cref="InputException">The file holds something else.</exception>
    public static Region Read(SafetensorsFile file)
    {
        IReadOnlyDictionary<string, string> metadata = file.Header.Metadata;
        if (metadata.GetValueOrDefault(VersionName) is var version && version != Version)
            throw new InputException($"{file.Path} is a region of bits of version '{version}' and version {Version} is read; {Remedy} of this version.");
        if (metadata.ContainsKey(Seal.Name) && !file.IsIntact())
            throw new InputException($"{file.Path} differs from what was written (its {Seal.Name} does not fit); {Remedy}.");
        if (metadata.Keys.FirstOrDefault(key => key.StartsWith(ShapePrefix, StringComparison.Ordinal) && !file.Header.Tensors.ContainsKey(key[ShapePrefix.Length..])) is { } lost)
            throw new InputException($"{file.Path} states the {lost} and does not hold it; {Remedy}.");
        return new Region([.. file.Header.Tensors.Values.Select(entry => KeyValuePair.Create(entry.Name, Part(file, entry)))]);
    }

    private static RegionPart Part(SafetensorsFile file, SafetensorsEntry entry)
    {
        if (ShapeOf(file, entry) is not { } shape || Elements(shape) is not { } elements || entry.Dtype != "U8" || entry.Length != Bitmask.BytesFor(elements))
            throw new InputException($"{file.Path}: '{entry.Name}' does not hold one bit for each weight of the shape that the metadata states; {Remedy}.");
        using Tensor bytes = file.Read(entry.Name);
        return new RegionPart(shape, Bitmask.Of(elements, bytes.bytes)
            ?? throw new InputException($"{file.Path}: '{entry.Name}' has bits after its last weight; {Remedy}."));
    }

    private static long[]? ShapeOf(SafetensorsFile file, SafetensorsEntry entry)
    {
        string[] sizes = file.Header.Metadata.GetValueOrDefault(ShapePrefix + entry.Name, "none").Split(',');
        return Array.TrueForAll(sizes, size => long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? [.. sizes.Select(size => long.Parse(size, CultureInfo.InvariantCulture))]
            : null;
    }

    // Null where they are more than a file can hold.
    private static long? Elements(long[] shape)
    {
        UInt128 elements = shape.Aggregate((UInt128)1, (product, size) => product > long.MaxValue ? product : product * (UInt128)size);
        return elements <= long.MaxValue ? (long)elements : null;
    }
}
