using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Repro.Engine.Files;

namespace Repro.Paper.Results;

/// <summary>
/// Results under the hash of everything they depend on, so that a second run recalls them. Of the small ones a file that is damaged counts as absent,
/// and one that can't be written is done without; the large ones are in <see cref="Artifacts"/>.
/// </summary>
public sealed class ResultStore
{
    private const long MaxLength = 256 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,

        // A model that explodes may lose every number.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly ConcurrentDictionary<string, object> recalled = new(StringComparer.Ordinal);
    private readonly string? folder;
    private readonly Lazy<ArtifactStore> artifacts;

    /// <summary>Opens a store.</summary>
    /// <param name="folder">Where results are kept; null keeps them for this run only.</param>
    /// <param name="notice">Hears of damaged files, in a sentence.</param>
    public ResultStore(string? folder, Action<string>? notice = null)
    {
        this.folder = folder;
        artifacts = new Lazy<ArtifactStore>(() => OpenArtifacts(notice ?? (_ => { })));
    }

    /// <summary>The large results.</summary>
    public ArtifactStore Artifacts => artifacts.Value;

    /// <summary>Results recalled from the folder instead of being measured.</summary>
    public int Recalled { get; private set; }

    /// <summary>The folder results are kept in by default: <c>repro/results</c> in the user's cache.</summary>
    public static string DefaultFolder() => UserCache.Folder("results");

    /// <summary>The result of a key, or null where there is none.</summary>
    public T? Find<T>(string key)
        where T : class
    {
        if (recalled.TryGetValue(key, out object? known))
            return (T)known;
        if (folder is null || !File.Exists(PathOf(key)))
            return null;
        try
        {
            Entry? entry = JsonSerializer.Deserialize<Entry>(InputFile.ReadText(PathOf(key), MaxLength), Options);
            if (entry is null || entry.Key != key || entry.Sha256 != HashOf(entry.Result) || JsonSerializer.Deserialize<T>(entry.Result, Options) is not { } result)
                return null;
            Recalled++;
            recalled[key] = result;
            return result;
        }
        catch (Exception e) when (e is JsonException or InputException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Keeps a result.</summary>
    public T Keep<T>(string key, T result)
        where T : class
    {
        recalled[key] = result;
        try
        {
            string json = JsonSerializer.Serialize(result, Options);
            if (folder is not null)
                AtomicFile.WriteText(PathOf(key), JsonSerializer.Serialize(new Entry(key, HashOf(json), json), Options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full or read-only disk costs a later run time, not this one its result.
        }

        return result;
    }

    /// <summary>The result of a key, made where there is none.</summary>
    public T Get<T>(string key, Func<T> make)
        where T : class => Find<T>(key) ?? Keep(key, make());

    private ArtifactStore OpenArtifacts(Action<string> notice)
    {
        if (folder is null)
            return new ArtifactStore(ScratchFolder.Path, notice);
        try
        {
            AtomicFile.RemoveAbandoned(folder);
            return new ArtifactStore(Path.Combine(folder, "artifacts"), notice);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notice($"{folder} can't be written ({e.Message.TrimEnd('.')}); results are kept for this run only.");
            return new ArtifactStore(ScratchFolder.Path, notice);
        }
    }

    private string PathOf(string key)
    {
        string hash = HashOf(key);
        return Path.Combine(folder!, hash[..2], hash + ".json");
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // The result is text inside the text, so that its hash is of the very characters that were written.
    private sealed record Entry(string Key, string Sha256, string Result);
}
