using Repro.Engine.Files;
using Repro.Engine.Native;
using static TorchSharp.torch;

namespace Repro.Engine.Safetensors;

/// <summary>An open safetensors file: a tensor's bytes are touched when it is read, not before.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly FileStream stream;

    private SafetensorsFile(string path, FileStream stream, SafetensorsHeader header)
    {
        Path = path;
        this.stream = stream;
        Header = header;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The checked header.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">There is no such file, or it is not a valid safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        LibTorch.EnsureLoaded();
        FileStream stream = InputFile.Open(path);
        try
        {
            return new SafetensorsFile(path, stream, SafetensorsHeader.Read(stream, path));
        }
        catch (Exception e)
        {
            stream.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new InputException($"{path} can't be read: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Copies one tensor out of the file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>A tensor on the CPU in the file's shape and dtype; the caller disposes it.</returns>
    /// <exception cref="InputException">There is no tensor of that name.</exception>
    public Tensor Read(string name)
    {
        SafetensorsEntry entry = Entry(name);
        return Reading(() => StoredBytes.ToTensor(stream.SafeFileHandle, entry));
    }

    /// <summary>Copies some rows of a tensor out of the file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="first">The first row, from 0.</param>
    /// <param name="count">How many.</param>
    /// <inheritdoc cref="Read(string)"/>
    public Tensor Read(string name, long first, long count)
    {
        SafetensorsEntry entry = Entry(name);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, entry.Shape[0]);
        long row = entry.Length / entry.Shape[0];
        SafetensorsEntry rows = entry with { Shape = [count, .. entry.Shape[1..]], Offset = entry.Offset + (first * row), Length = count * row };
        return Reading(() => StoredBytes.ToTensor(stream.SafeFileHandle, rows));
    }

    /// <summary>Whether the file's bytes are those that were sealed; false for a file without a seal.</summary>
    public bool IsIntact() => Header.Metadata.TryGetValue(Seal.Name, out string? seal) && Reading(() => Seal.Fits(stream.SafeFileHandle, Header.DataStart, stream.Length, seal));

    /// <summary>Writes tensors atomically, in ordinal order of their names.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="tensors">The tensors by name, on any device.</param>
    /// <param name="metadata">Free text for <c>__metadata__</c>.</param>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using SafetensorsDraft draft = SafetensorsDraft.Create(path, tensors.Select(t => new TensorLayout(t.Key, t.Value.dtype, t.Value.shape)), metadata);
        foreach ((string name, Tensor tensor) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
            draft.Write(name, tensor);
        draft.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private SafetensorsEntry Entry(string name) =>
        Header.Tensors.TryGetValue(name, out SafetensorsEntry? entry) ? entry : throw new InputException($"{Path} has no tensor '{name}'.");

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (IOException e)
        {
            throw new InputException($"{Path} can't be read: {e.Message}", e);
        }
    }
}
