using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Repro.Engine.Safetensors;

/// <summary>A stretch of a mapped file; its pages count as this process's memory only while it is open.</summary>
internal sealed unsafe class MappedBytes : IDisposable
{
    private const long Chunk = 1 << 28;

    private readonly MemoryMappedViewAccessor? view;
    private readonly byte* start;

    public MappedBytes(MemoryMappedFile map, long offset, long length)
    {
        // A view of no bytes would be one of the whole file.
        if (length == 0)
            return;
        view = map.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        start = pointer + view.PointerOffset;
    }

    /// <summary>Copies the bytes into a new CPU tensor.</summary>
    public Tensor ToTensor(SafetensorsEntry entry)
    {
        Tensor tensor = empty(entry.Shape, dtype: Dtypes.Parse(entry.Dtype), device: CPU);
        using Tensor flat = tensor.view(-1);
        foreach ((long first, long count) in Chunks(flat))
        {
            using Tensor part = flat.narrow(0, first, count);
            Span<byte> bytes = part.bytes;
            new ReadOnlySpan<byte>(start + (first * flat.ElementSize), bytes.Length).CopyTo(bytes);
        }

        return tensor;
    }

    /// <summary>Copies a stretch of a mapped file.</summary>
    public static byte[] Copy(MemoryMappedFile map, long offset, int length)
    {
        using MappedBytes bytes = new(map, offset, length);
        return new ReadOnlySpan<byte>(bytes.start, length).ToArray();
    }

    /// <summary>Adds a stretch of a mapped file to a hash.</summary>
    public static void AppendTo(IncrementalHash hash, MemoryMappedFile map, long offset, long length)
    {
        for (long done = 0; done < length; done += Chunk)
        {
            int count = (int)Math.Min(Chunk, length - done);
            using MappedBytes bytes = new(map, offset + done, count);
            hash.AppendData(new ReadOnlySpan<byte>(bytes.start, count));
        }
    }

    public void Dispose()
    {
        if (view is null)
            return;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
    }

    /// <summary>Parts of a flat tensor that a span can hold.</summary>
    public static IEnumerable<(long First, long Count)> Chunks(Tensor flat)
    {
        long step = Chunk / flat.ElementSize;
        for (long first = 0; first < flat.numel(); first += step)
            yield return (first, Math.Min(step, flat.numel() - first));
    }
}
