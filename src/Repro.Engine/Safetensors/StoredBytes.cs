using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Repro.Engine.Safetensors;

/// <summary>
/// Stretches of a file, read where they are wanted and not through a map: mapping a small tensor and unmapping it takes longer than its bytes do, and a mapped
/// file that gets shorter ends the process.
/// </summary>
internal static class StoredBytes
{
    private const long Chunk = 1 << 28;
    private const int HashedAtOnce = 1 << 20;

    /// <summary>Reads a tensor.</summary>
    /// <param name="file">The file.</param>
    /// <param name="entry">Where the tensor is.</param>
    /// <returns>A tensor on the CPU; the caller disposes it.</returns>
    /// <exception cref="IOException">The file can't be read or has become shorter.</exception>
    public static Tensor ToTensor(SafeFileHandle file, SafetensorsEntry entry)
    {
        Tensor tensor = empty(entry.Shape, dtype: Dtypes.Parse(entry.Dtype), device: CPU);
        try
        {
            using Tensor flat = tensor.view(-1);
            foreach ((long first, long count) in Chunks(flat))
            {
                using Tensor part = flat.narrow(0, first, count);
                Fill(file, entry.Offset + (first * flat.ElementSize), part.bytes);
            }

            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Adds a stretch of a file to a hash.</summary>
    public static void AppendTo(IncrementalHash hash, SafeFileHandle file, long offset, long length)
    {
        byte[] buffer = new byte[Math.Min(length, HashedAtOnce)];
        for (long done = 0; done < length; done += buffer.Length)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done));
            Fill(file, offset + done, part);
            hash.AppendData(part);
        }
    }

    /// <summary>Fills a buffer from a place in a file on.</summary>
    public static void Fill(SafeFileHandle file, long offset, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
                throw new EndOfStreamException("it ends early");
            offset += read;
            buffer = buffer[read..];
        }
    }

    /// <summary>A flat tensor in stretches that a span can hold.</summary>
    public static IEnumerable<(long First, long Count)> Chunks(Tensor flat)
    {
        long step = Chunk / flat.ElementSize;
        for (long first = 0; first < flat.numel(); first += step)
            yield return (first, Math.Min(step, flat.numel() - first));
    }
}
