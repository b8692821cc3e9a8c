using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Repro.Engine.Storage;

namespace Repro.Paper.Results;

/// <summary>
/// Results under the hash of everything they depend on, so that a second run recalls them. A file that can't be read counts as absent; one that can't
/// be written is done without.
/// </summary>
/// <param name="folder">Where results are kept; null keeps them for this run only.</param>
public sealed class ResultStore(string? folder)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,

        // A model that explodes may lose every number.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly ConcurrentDictionary<string, object> recalled = new(StringComparer.Ordinal);

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
            Entry<T>? entry = JsonSerializer.Deserialize<Entry<T>>(File.ReadAllText(PathOf(key)), Options);
            if (entry is null || entry.Key != key || entry.Result is null)
                return null;
            Recalled++;
            recalled[key] = entry.Result;
            return entry.Result;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
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
            if (folder is not null)
                AtomicFile.WriteText(PathOf(key), JsonSerializer.Serialize(new Entry<T>(key, result), Options));
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

    private string PathOf(string key)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return Path.Combine(folder!, hash[..2], hash + ".json");
    }

    private sealed record Entry<T>(string Key, T? Result);
}
