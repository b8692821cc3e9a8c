using System.Text.Json;
using Repro.Engine.Storage;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>Writes weights over several files with an index, as Hugging Face does.</summary>
internal static class ShardWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(string folder, Dictionary<string, Tensor> tensors, Dictionary<string, string> metadata, long maxBytes)
    {
        List<List<string>> shards = Split(tensors, maxBytes);
        SortedDictionary<string, string> map = new(StringComparer.Ordinal);
        for (int i = 0; i < shards.Count; i++)
        {
            string file = $"model-{i + 1:D5}-of-{shards.Count:D5}.safetensors";
            SafetensorsFile.Write(Path.Combine(folder, file), shards[i].ToDictionary(name => name, name => tensors[name]), metadata);
            foreach (string name in shards[i])
                map.Add(name, file);
        }

        long total = tensors.Values.Sum(t => t.numel() * t.ElementSize);
        string index = JsonSerializer.Serialize(new { metadata = new { total_size = total }, weight_map = map }, Indented);
        AtomicFile.WriteText(Path.Combine(folder, WeightFiles.IndexName), index + "\n");
    }

    private static List<List<string>> Split(Dictionary<string, Tensor> tensors, long maxBytes)
    {
        List<List<string>> shards = [[]];
        long size = 0;
        foreach ((string name, Tensor tensor) in tensors)
        {
            long bytes = tensor.numel() * tensor.ElementSize;
            if (shards[^1].Count > 0 && size + bytes > maxBytes)
            {
                shards.Add([]);
                size = 0;
            }

            shards[^1].Add(name);
            size += bytes;
        }

        return shards;
    }
}
