using System.IO.MemoryMappedFiles;
using Repro.Engine.Files;
using Repro.Engine.Native;
using static TorchSharp.torch;

namespace Repro.Engine.Safetensors;

/// <summary>A memory-mapped safetensors file: a tensor's bytes are touched when it is read, not before.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly long length;

    private SafetensorsFile(string path, MemoryMappedFile map, long length, SafetensorsHeader header)
    {
        this.length = length;
        Path = path;
        this.map = map;
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
        FileStream? stream = InputFile.Open(path);
        try
        {
            SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
            MemoryMappedFile map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            long length = stream.Length;
            stream = null;
            return new SafetensorsFile(path, map, length, header);
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
            throw new InputException($"{Path} has no tensor '{name}'.");
        using MappedBytes bytes = new(map, entry.Offset, entry.Length);
        return bytes.ToTensor(entry);
    }

    /// <summary>Whether the file's bytes are those that were sealed; false for a file without a seal.</summary>
    public bool IsIntact() => Header.Metadata.TryGetValue(Seal.Name, out string? seal) && Seal.Fits(map, Header.DataStart, length, seal);

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
    public void Dispose() => map.Dispose();
}
