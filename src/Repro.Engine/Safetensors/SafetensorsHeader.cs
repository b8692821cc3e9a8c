using System.Buffers.Binary;
using System.Text.Json;
using Repro.Engine.Files;

namespace Repro.Engine.Safetensors;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type as the file spells it (<c>F32</c>, <c>BF16</c>, …).</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Offset">Where its bytes begin, from the start of the file.</param>
/// <param name="Length">How many bytes it has.</param>
public sealed record SafetensorsEntry(string Name, string Dtype, long[] Shape, long Offset, long Length);

/// <summary>The header of a safetensors file, checked before anything is allocated for its tensors.</summary>
/// <remarks>
/// Source: the safetensors format description. The checks: the header fits into the file and is at most 100 MB, its JSON is well formed
/// with no name twice, every dtype is known, no size product overflows, no tensor is above 16 GiB (twice the largest that is published), and the
/// tensors cover the data without gap or overlap.
/// </remarks>
public sealed class SafetensorsHeader
{
    private const long MaxHeaderLength = 100_000_000;
    private const int MaxRank = 8;
    private const long MaxTensorLength = 1L << 34;

    private SafetensorsHeader(IReadOnlyDictionary<string, SafetensorsEntry> tensors, IReadOnlyDictionary<string, string> metadata, long dataStart)
    {
        DataStart = dataStart;
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Tensors { get; }

    /// <summary>The file's free text entries (<c>__metadata__</c>).</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where the tensors' bytes begin, from the start of the file.</summary>
    public long DataStart { get; }

    /// <summary>Bytes per element of a safetensors dtype.</summary>
    /// <returns>The size, or null for a dtype the format does not have.</returns>
    public static int? ElementSize(string dtype) => dtype switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "U8" or "I8" or "BOOL" => 1,
        _ => null,
    };

    /// <summary>Reads and checks the header at the start of <paramref name="stream"/>.</summary>
    /// <param name="stream">A seekable stream over the whole file.</param>
    /// <param name="path">The file's name for messages.</param>
    /// <exception cref="InputException">The header is not valid; the message says what is wrong.</exception>
    public static SafetensorsHeader Read(Stream stream, string path)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.Length < prefix.Length)
            throw Refuse(path, $"it has {stream.Length} bytes, fewer than the 8 of its length field");
        stream.Position = 0;
        stream.ReadExactly(prefix);
        ulong declared = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (declared > MaxHeaderLength || (long)declared > stream.Length - prefix.Length)
            throw Refuse(path, $"its header claims {declared} bytes in a file of {stream.Length}");

        byte[] json = new byte[declared];
        stream.ReadExactly(json);
        long dataStart = prefix.Length + (long)declared;
        try
        {
            return Parse(json, dataStart, stream.Length, path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // JSON text that is not Unicode is an InvalidOperationException when it becomes a string.
            throw new InputException($"{path} is not a valid safetensors file: its header is not valid JSON; get the file again.", e);
        }
    }

    private static SafetensorsHeader Parse(byte[] json, long dataStart, long fileLength, string path)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Refuse(path, "its header is not a JSON object");

        Dictionary<string, SafetensorsEntry> tensors = new(StringComparer.Ordinal);
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Name == "__metadata__")
                ReadMetadata(property.Value, metadata, path);
            else if (!tensors.TryAdd(property.Name, ReadEntry(property, dataStart, path)))
                throw Refuse(path, $"the tensor '{property.Name}' is listed twice");
        }

        CheckCoverage(tensors.Values, dataStart, fileLength, path);
        return new SafetensorsHeader(tensors, metadata, dataStart);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Refuse(path, "__metadata__ is not an object");
        foreach (JsonProperty entry in element.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String || !metadata.TryAdd(entry.Name, entry.Value.GetString()!))
                throw Refuse(path, $"the metadata entry '{entry.Name}' is not a string or is listed twice");
        }
    }

    private static SafetensorsEntry ReadEntry(JsonProperty property, long dataStart, string path)
    {
        JsonElement value = property.Value;
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array
            || !value.TryGetProperty("data_offsets", out JsonElement offsets) || offsets.ValueKind != JsonValueKind.Array
            || offsets.GetArrayLength() != 2)
        {
            throw Refuse(path, $"the tensor '{property.Name}' lacks a dtype, shape or data_offsets");
        }

        if (ElementSize(dtype.GetString()!) is not { } elementSize)
            throw Refuse(path, $"the tensor '{property.Name}' has the unknown dtype '{dtype.GetString()}'");

        long[] sizes = ReadSizes(shape, property.Name, path);
        long begin = ReadWhole(offsets[0], property.Name, path);
        long end = ReadWhole(offsets[1], property.Name, path);
        long length;
        try
        {
            length = sizes.Aggregate((long)elementSize, (product, size) => checked(product * size));
            _ = checked(dataStart + end);
        }
        catch (OverflowException)
        {
            throw Refuse(path, $"the size of the tensor '{property.Name}' overflows");
        }

        if (end < begin || end - begin != length)
            throw Refuse(path, $"the tensor '{property.Name}' needs {length} bytes and its offsets hold {end - begin}");
        if (length > MaxTensorLength)
            throw Refuse(path, $"the tensor '{property.Name}' needs {length} bytes, more than the {MaxTensorLength >> 30} GiB that one may have");
        return new SafetensorsEntry(property.Name, dtype.GetString()!, sizes, dataStart + begin, length);
    }

    private static long[] ReadSizes(JsonElement shape, string name, string path) =>
        shape.GetArrayLength() <= MaxRank
            ? [.. shape.EnumerateArray().Select(size => ReadWhole(size, name, path))]
            : throw Refuse(path, $"the tensor '{name}' has more than {MaxRank} dimensions");

    private static long ReadWhole(JsonElement element, string name, string path) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) && value >= 0
            ? value
            : throw Refuse(path, $"a shape or offset of the tensor '{name}' is not a whole number of at least 0");

    private static void CheckCoverage(IEnumerable<SafetensorsEntry> tensors, long dataStart, long fileLength, string path)
    {
        long position = dataStart;
        foreach (SafetensorsEntry entry in tensors.OrderBy(t => t.Offset).ThenBy(t => t.Length))
        {
            if (entry.Offset != position)
                throw Refuse(path, $"the tensor '{entry.Name}' {(entry.Offset < position ? "overlaps another" : "leaves a gap before it")}");
            position += entry.Length;
        }

        if (position != fileLength)
            throw Refuse(path, $"its tensors end at byte {position} and the file at {fileLength}");
    }

    private static InputException Refuse(string path, string why) => new($"{path} is not a valid safetensors file: {why}; get the file again.");
}
