using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Repro.Fuzz.Tests.Inputs;

/// <summary>Safetensors files with one thing wrong in the header, its length, the layout or the data.</summary>
internal static class SafetensorsInputs
{
    /// <summary>One of some files with one thing wrong; now and then with nothing wrong.</summary>
    public static Gen<byte[]> OneThingWrong(params IReadOnlyList<byte[]> valid)
    {
        (string Header, byte[] Data)[] files = [.. valid.Select(Split)];
        return Gen.Frequency(
            (6, from file in Gen.Elements(files) from header in JsonInputs.OneThingWrong(file.Header) select Join(header, file.Data)),
            (2, from file in Gen.Elements(files) from first in Gen.Choose(0, 1_000) from second in Gen.Choose(0, 1_000) select Join(Swapped(file.Header, first, second), file.Data)),
            (1, from file in Gen.Elements(files) from change in Gen.Choose(-9, 9) select Join(Encoding.UTF8.GetBytes(file.Header), Resized(file.Data, change))),
            (1, from file in Gen.Elements(files) from claimed in Gen.Elements(0UL, 1UL, 99_999_999UL, 100_000_001UL, (ulong)long.MaxValue, ulong.MaxValue) select Join(Encoding.UTF8.GetBytes(file.Header), file.Data, claimed)),
            (2, from file in Gen.Elements(files) from at in Gen.Choose(0, int.MaxValue) from value in Gen.Choose(0, 255) select Join(Encoding.UTF8.GetBytes(file.Header), Set(file.Data, at, (byte)value))));
    }

    /// <summary>A file of a header and data.</summary>
    public static byte[] Join(byte[] header, byte[] data, ulong? claimed = null)
    {
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, claimed ?? (ulong)header.Length);
        return [.. length, .. header, .. data];
    }

    private static (string Header, byte[] Data) Split(byte[] file)
    {
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        return (Encoding.UTF8.GetString(file, sizeof(ulong), length), file[(sizeof(ulong) + length)..]);
    }

    // Two tensors that change their places in the data, which their shapes may not allow.
    private static byte[] Swapped(string header, int first, int second)
    {
        JsonObject root = JsonNode.Parse(header)!.AsObject();
        JsonNode[] tensors = [.. root.Where(p => p.Key != "__metadata__").Select(p => p.Value!)];
        if (tensors.Length > 0)
        {
            (JsonNode one, JsonNode other) = (tensors[first % tensors.Length], tensors[second % tensors.Length]);
            (one["data_offsets"], other["data_offsets"]) = (other["data_offsets"]!.DeepClone(), one["data_offsets"]!.DeepClone());
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static byte[] Resized(byte[] data, int change) => change < 0 ? data[..Math.Max(0, data.Length + change)] : [.. data, .. new byte[change]];

    private static byte[] Set(byte[] data, int at, byte value)
    {
        byte[] copy = [.. data];
        if (copy.Length > 0)
            copy[at % copy.Length] = value;
        return copy;
    }
}
