using System.Security.Cryptography;
using System.Text;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;

namespace Repro.Paper.Results;

/// <summary>
/// Large results (gradient sums, regions) as sealed safetensors files under the hash of everything they depend on. A file that is damaged is named and
/// made again; one that vanished is made again. Runs that share a folder write the same bytes to the same names, each file in one move.
/// </summary>
/// <remarks>
/// Files lie in a folder of the code that made them, since no other code can use them; a folder that no run has used for a day is removed when
/// another code begins.
/// </remarks>
public sealed class ArtifactStore
{
    /// <summary>Name of the metadata entry that holds the key.</summary>
    private const string KeyName = "key";

    private const string UsedName = "used";
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(1);

    private readonly string folder;
    private readonly Action<string> notice;

    /// <summary>Opens a store.</summary>
    /// <param name="root">The folder that holds it; created where it is missing.</param>
    /// <param name="notice">Hears of damaged files, in a sentence.</param>
    public ArtifactStore(string root, Action<string> notice)
    {
        this.notice = notice;
        folder = Path.Combine(root, HashOf(CodeVersion.Current)[..16]);
        RemoveUnused(root);
        AtomicFile.WriteText(Path.Combine(folder, UsedName), CodeVersion.Current + "\n");
    }

    /// <summary>The folder of this code's files.</summary>
    public string Folder => folder;

    /// <summary>Tells of a damaged file.</summary>
    public void Report(string sentence) => notice(sentence);

    /// <summary>Whether there is a file for a key.</summary>
    public bool Has(string key) => File.Exists(PathOf(key));

    /// <summary>The file of a key, made where there is none that is whole.</summary>
    /// <param name="key">Everything the file depends on.</param>
    /// <param name="make">Makes it: gets the path to write to and the metadata to put in, and writes a sealed file.</param>
    /// <exception cref="IOException">The disk is full or can't be written.</exception>
    public SafetensorsFile Get(string key, Action<string, IReadOnlyDictionary<string, string>> make)
    {
        string path = PathOf(key);
        if (TryOpen(path, key) is { } found)
            return found;
        make(path, new Dictionary<string, string> { [KeyName] = key });
        return TryOpen(path, key) ?? throw new IOException($"{path} was written and can't be read back; check the disk");
    }

    /// <summary>Makes the file of a key where there is none.</summary>
    /// <inheritdoc cref="Get"/>
    public void Ensure(string key, Action<string, IReadOnlyDictionary<string, string>> make)
    {
        if (!Has(key))
            Get(key, make).Dispose();
    }

    /// <summary>A folder of a key, made where there is none; it appears when it is complete.</summary>
    /// <param name="key">Everything the folder depends on.</param>
    /// <param name="make">Fills it.</param>
    public string EnsureFolder(string key, Action<string> make)
    {
        string path = Path.ChangeExtension(PathOf(key), null);
        if (Directory.Exists(path))
            return path;
        string temporary = AtomicFile.TemporaryBeside(path);
        make(temporary);
        try
        {
            Directory.Move(temporary, path);
        }
        catch (IOException) when (Directory.Exists(path))
        {
            Directory.Delete(temporary, recursive: true);
        }

        return path;
    }

    /// <summary>The path of a key and the metadata its file must have, for files that are made together.</summary>
    public (string Path, IReadOnlyDictionary<string, string> Metadata) PlaceOf(string key) => (PathOf(key), new Dictionary<string, string> { [KeyName] = key });

    /// <summary>Removes what another result has made superfluous.</summary>
    public void Remove(string key) => File.Delete(PathOf(key));

    private SafetensorsFile? TryOpen(string path, string key)
    {
        if (!File.Exists(path))
            return null;
        SafetensorsFile? file = null;
        try
        {
            file = SafetensorsFile.Open(path);
            if (file.Header.Metadata.GetValueOrDefault(KeyName) == key && file.IsIntact())
                return file;
            notice($"{path} is damaged and is made again.");
            File.Delete(path);
        }
        catch (InputException) when (!File.Exists(path))
        {
            // Another run removed it between the two looks.
        }
        catch (InputException e)
        {
            notice($"{e.Message.TrimEnd('.')} (it is made again).");
            File.Delete(path);
        }

        file?.Dispose();
        return null;
    }

    private void RemoveUnused(string root)
    {
        if (!Directory.Exists(root))
            return;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        foreach (string other in Directory.EnumerateDirectories(root).Where(d => d != folder && now - File.GetLastWriteTimeUtc(Path.Combine(d, UsedName)) > KeptUnused))
        {
            try
            {
                Directory.Delete(other, recursive: true);
            }
            catch (IOException)
            {
                // Another run removes it too.
            }
        }
    }

    private string PathOf(string key)
    {
        string hash = HashOf(key);
        return Path.Combine(folder, hash[..2], hash + ".safetensors");
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
