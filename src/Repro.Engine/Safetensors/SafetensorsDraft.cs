using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Repro.Engine.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Safetensors;

/// <summary>
/// A safetensors file in the making: its tensors are written in any order, may be read back and written again, and it takes its place when it is
/// committed. Its room on the disk is taken at once, so that a full disk is known before any work is done.
/// </summary>
public sealed class SafetensorsDraft : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private readonly FileStream stream;
    private readonly SafetensorsHeader header;
    private readonly long sealOffset;

    private SafetensorsDraft(string path, FileStream stream, SafetensorsHeader header, long sealOffset)
    {
        this.path = path;
        this.stream = stream;
        temporary = stream.Name;
        this.header = header;
        this.sealOffset = sealOffset;
    }

    /// <summary>Its tensors' names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. header.Tensors.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Begins a file; every tensor is zero.</summary>
    /// <param name="path">The file; it is replaced when the draft is committed.</param>
    /// <param name="layout">Its tensors, in any order.</param>
    /// <param name="metadata">Free text for <c>__metadata__</c>.</param>
    /// <param name="isSealed">Whether the metadata gets a SHA-256 of the file, by which damage is found.</param>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    public static SafetensorsDraft Create(
        string path, IEnumerable<TensorLayout> layout, IReadOnlyDictionary<string, string>? metadata = null, bool isSealed = false)
    {
        Dictionary<string, string> entries = new(metadata ?? new Dictionary<string, string>());
        if (isSealed)
            entries[Seal.Name] = Seal.None;
        TensorLayout[] tensors = [.. layout.OrderBy(t => t.Name, StringComparer.Ordinal)];
        byte[] head = HeaderBytes(tensors, entries);
        long length = head.Length + tensors.Sum(t => t.Length);
        string temporary = AtomicFile.TemporaryBeside(path);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, PreallocationSize = length });
            stream.Write(head);
            stream.SetLength(length);
            int seal = isSealed ? Seal.Find(head, Seal.None) : -1;
            return new SafetensorsDraft(path, stream, SafetensorsHeader.Read(stream, path), seal);
        }
        catch
        {
            stream?.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes one tensor, from any device.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values, in the layout's shape and type.</param>
    public void Write(string name, Tensor values)
    {
        SafetensorsEntry entry = header.Tensors[name];
        if (!entry.Shape.SequenceEqual(values.shape) || Dtypes.Parse(entry.Dtype) != values.dtype)
            throw new ArgumentException($"'{name}' is laid out as {entry.Dtype} [{string.Join(", ", entry.Shape)}] and given as {values.dtype} [{string.Join(", ", values.shape)}].", nameof(values));
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = values.detach().cpu().contiguous().view(-1);
        foreach ((long first, long count) in StoredBytes.Chunks(flat))
            RandomAccess.Write(stream.SafeFileHandle, flat.narrow(0, first, count).bytes, entry.Offset + (first * flat.ElementSize));
    }

    /// <summary>Reads back one tensor; zeros where it was not written.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>A tensor on the CPU; the caller disposes it.</returns>
    public Tensor Read(string name) => StoredBytes.ToTensor(stream.SafeFileHandle, header.Tensors[name]);

    /// <summary>Seals the file, flushes it to the disk and puts it in its place.</summary>
    public void Commit()
    {
        if (sealOffset >= 0)
        {
            string seal = Seal.Of(stream.SafeFileHandle, sealOffset, stream.Length);
            RandomAccess.Write(stream.SafeFileHandle, Encoding.ASCII.GetBytes(seal), sealOffset);
        }

        stream.Flush(flushToDisk: true);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        stream.Dispose();
        File.Delete(temporary);
    }

    private static byte[] HeaderBytes(TensorLayout[] tensors, Dictionary<string, string> metadata)
    {
        using MemoryStream buffer = new();
        buffer.SetLength(sizeof(ulong));
        buffer.Position = sizeof(ulong);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            long offset = 0;
            foreach (TensorLayout tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", Dtypes.Name(tensor.Type));
                json.WriteStartArray("shape");
                foreach (long size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The format wants the data aligned to 8 bytes; blanks after the JSON are part of the header.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        byte[] bytes = buffer.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(bytes.Length - sizeof(ulong)));
        return bytes;
    }
}
