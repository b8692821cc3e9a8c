using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text.Json;
using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Storage;

/// <summary>A memory-mapped safetensors file: a tensor's bytes are touched when it is read, not before.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private const long CopyChunk = 1 << 28;

    private readonly string path;
    private readonly MemoryMappedFile map;

    private SafetensorsFile(string path, MemoryMappedFile map, SafetensorsHeader header)
    {
        this.path = path;
        this.map = map;
        Header = header;
    }

    /// <summary>The checked header.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">There is no such file, or it is not a valid safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        LibTorch.EnsureLoaded();
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
            MemoryMappedFile map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            stream = null;
            return new SafetensorsFile(path, map, header);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} can't be read: {e.Message}", e);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    /// <summary>Copies one tensor out of the file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>A tensor on the CPU in the file's shape and dtype; the caller disposes it.</returns>
    /// <exception cref="InputException">There is no tensor of that name.</exception>
    public Tensor Read(string name)
    {
        if (!Header.Tensors.TryGetValue(name, out SafetensorsEntry? entry))
            throw new InputException($"{path} has no tensor '{name}'.");

        Tensor tensor = empty(entry.Shape, dtype: Dtypes.Parse(entry.Dtype), device: CPU);
        if (entry.Length > 0)
            CopyInto(tensor, entry);
        return tensor;
    }

    /// <summary>Writes tensors atomically, in ordinal order of their names.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">The tensors by name, on any device.</param>
    /// <param name="metadata">Free text for <c>__metadata__</c>.</param>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        string[] names = [.. tensors.Keys.Order(StringComparer.Ordinal)];
        AtomicFile.Write(path, stream =>
        {
            byte[] header = HeaderBytes(names, tensors, metadata);
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (string name in names)
                WriteTensor(stream, tensors[name]);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => map.Dispose();

    private unsafe void CopyInto(Tensor tensor, SafetensorsEntry entry)
    {
        using MemoryMappedViewAccessor view = map.CreateViewAccessor(entry.Offset, entry.Length, MemoryMappedFileAccess.Read);
        byte* source = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref source);
        try
        {
            source += view.PointerOffset;
            using Tensor flat = tensor.view(-1);
            long elementSize = entry.Length / flat.numel();
            foreach ((long start, long count) in Chunks(flat.numel(), elementSize))
            {
                using Tensor part = flat.narrow(0, start, count);
                new ReadOnlySpan<byte>(source + (start * elementSize), checked((int)(count * elementSize))).CopyTo(part.bytes);
            }
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static void WriteTensor(Stream stream, Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = tensor.detach().cpu().contiguous().view(-1);
        foreach ((long start, long count) in Chunks(flat.numel(), flat.ElementSize))
            stream.Write(flat.narrow(0, start, count).bytes);
    }

    private static IEnumerable<(long Start, long Count)> Chunks(long elements, long elementSize)
    {
        long step = CopyChunk / elementSize;
        for (long start = 0; start < elements; start += step)
            yield return (start, Math.Min(step, elements - start));
    }

    private static byte[] HeaderBytes(string[] names, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            long offset = 0;
            foreach (string name in names)
            {
                Tensor tensor = tensors[name];
                long length = tensor.numel() * tensor.ElementSize;
                json.WriteStartObject(name);
                json.WriteString("dtype", Dtypes.Name(tensor.dtype));
                json.WriteStartArray("shape");
                foreach (long size in tensor.shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The format wants the data aligned to 8 bytes; blanks after the JSON are part of the header.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
