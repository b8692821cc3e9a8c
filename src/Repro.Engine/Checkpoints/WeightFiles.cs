using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>The safetensors files of a checkpoint, one or many, seen as one set of tensors.</summary>
internal sealed class WeightFiles : IDisposable
{
    public const string SingleName = "model.safetensors";
    public const string IndexName = "model.safetensors.index.json";
    private const long MaxIndexLength = 64 << 20;

    private readonly Dictionary<string, SafetensorsFile> files = new(StringComparer.Ordinal);

    private WeightFiles()
    {
    }

    /// <summary>Which file holds each tensor.</summary>
    public IReadOnlyDictionary<string, SafetensorsFile> FileOf => files;

    /// <summary>The dtype that most elements are stored as, in safetensors' spelling; null where no tensor is stored.</summary>
    public string? MainDtype => files.Select(f => f.Value.Header.Tensors[f.Key])
        .GroupBy(entry => entry.Dtype)
        .OrderByDescending(same => same.Sum(entry => (double)entry.Shape.Aggregate(1L, (a, b) => a * b)))
        .ThenBy(same => same.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    /// <summary>Whether a folder holds weights.</summary>
    public static bool AreIn(string folder) => File.Exists(Path.Combine(folder, SingleName)) || File.Exists(Path.Combine(folder, IndexName));

    public static WeightFiles Open(string folder)
    {
        string single = Path.Combine(folder, SingleName);
        string index = Path.Combine(folder, IndexName);
        WeightFiles weights = new();
        try
        {
            if (File.Exists(single))
                weights.Add(SafetensorsFile.Open(single));
            else if (File.Exists(index))
                weights.AddShards(folder, index);
            else
                throw NoWeights(folder);
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The files a checkpoint's weights are in, in ordinal order.</summary>
    public static IEnumerable<string> Paths(string folder)
    {
        string single = Path.Combine(folder, SingleName);
        if (File.Exists(single))
            return [single];
        string index = Path.Combine(folder, IndexName);
        return File.Exists(index)
            ? ReadIndex(index).Values.Distinct().Order(StringComparer.Ordinal).Select(name => Path.Combine(folder, name)).Append(index)
            : throw NoWeights(folder);
    }

    /// <summary>Some rows of a tensor, on the CPU; the caller disposes them.</summary>
    public Tensor Read(string name, long first, long count) => files[name].Read(name, first, count);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafetensorsFile file in files.Values.Distinct())
            file.Dispose();
    }

    private static InputException NoWeights(string folder) => new(
        ForeignWeights.Complaint(folder) ?? $"{folder} holds neither {SingleName} nor {IndexName}; name a Hugging Face checkpoint folder.");

    private void Add(SafetensorsFile file)
    {
        foreach (string name in file.Header.Tensors.Keys)
            files.Add(name, file);
    }

    private void AddShards(string folder, string index)
    {
        Dictionary<string, string> map = ReadIndex(index);
        foreach (IGrouping<string, string> shard in map.GroupBy(m => m.Value, m => m.Key).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, shard.Key));
            foreach (string name in shard)
                files.Add(name, file);
            string? absent = shard.FirstOrDefault(name => !file.Header.Tensors.ContainsKey(name));
            if (absent is not null)
                throw new InputException($"{index} says that '{absent}' is in {shard.Key}, where it is not; get the checkpoint again.");
        }
    }

    private static Dictionary<string, string> ReadIndex(string index)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadBytes(index, MaxIndexLength), new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
            {
                throw new InputException($"{index} lacks a 'weight_map'; get the checkpoint again.");
            }

            return map.EnumerateObject().ToDictionary(p => p.Name, p => ShardName(p, index), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InputException($"{index} can't be used: {e.Message.TrimEnd('.')}; get the checkpoint again.", e);
        }
    }

    private static string ShardName(JsonProperty entry, string index)
    {
        string name = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : "";
        bool plain = name.Length > 0 && name == Path.GetFileName(name) && name is not "." and not ".." && name.AsSpan().IndexOfAny('\\', '\0') < 0;
        return plain ? name : throw new InputException($"{index} puts '{entry.Name}' into '{name}', which is not a file of the checkpoint's folder.");
    }
}
