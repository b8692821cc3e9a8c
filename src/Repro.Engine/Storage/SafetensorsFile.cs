using System.IO.MemoryMappedFiles;
using Repro.Engine.Native;
using static TorchSharp.torch;

namespace Repro.Engine.Storage;

/// <summary>A memory-mapped safetensors file: a tensor's bytes are touched when it is read, not before.</summary>
public sealed class SafetensorsFile : IDisposable
{
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
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
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
        using MappedBytes bytes = new(map, entry.Offset, entry.Length);
        return bytes.ToTensor(entry);
    }

    /// <summary>Whether the tensors' bytes are those that were sealed; false for a file without a seal.</summary>
    public bool IsIntact()
    {
        if (!Header.Metadata.TryGetValue(SafetensorsDraft.SealName, out string? seal))
            return false;
        long length = Header.Tensors.Values.Sum(t => t.Length);
        long start = Header.Tensors.Values.Select(t => t.Offset).DefaultIfEmpty(0).Min();
        return MappedBytes.Hash(map, start, length) == seal;
    }

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
