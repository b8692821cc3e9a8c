using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>Writes weights into one file, or over several with an index, as Hugging Face does; one tensor is in memory at a time.</summary>
internal static class ShardWriter
{
    /// <summary>Largest file, as Hugging Face writes them.</summary>
    public const long LargestFile = 9_900_000_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Dictionary<string, string> Metadata = new() { ["format"] = "pt" };

    /// <summary>Writes the weights.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="layout">The weights, in the order in which they fill the files.</param>
    /// <param name="make">Makes a weight in its layout's shape and type, in the caller's dispose scope.</param>
    /// <param name="maxBytes">Largest file; weights that fit into it are written into a single one.</param>
    /// <param name="written">Called with the bytes written after each weight.</param>
    public static void Write(string folder, IReadOnlyList<TensorLayout> layout, Func<TensorLayout, Tensor> make, long maxBytes = LargestFile, Action<long>? written = null)
    {
        string single = Path.Combine(folder, WeightFiles.SingleName);
        long total = layout.Sum(t => t.Length);
        if (total <= maxBytes)
        {
            WriteFile(single, layout, make, written);
            return;
        }

        List<List<TensorLayout>> shards = Split(layout, maxBytes);
        SortedDictionary<string, string> map = new(StringComparer.Ordinal);
        for (int i = 0; i < shards.Count; i++)
        {
            string file = $"model-{i + 1:D5}-of-{shards.Count:D5}.safetensors";
            WriteFile(Path.Combine(folder, file), shards[i], make, written);
            foreach (TensorLayout tensor in shards[i])
                map.Add(tensor.Name, file);
        }

        string index = JsonSerializer.Serialize(new { metadata = new { total_size = total }, weight_map = map }, Indented);
        AtomicFile.WriteText(Path.Combine(folder, WeightFiles.IndexName), index + "\n");

        // A single file from before would be read in place of the shards.
        File.Delete(single);
    }

    private static void WriteFile(string path, IReadOnlyList<TensorLayout> layout, Func<TensorLayout, Tensor> make, Action<long>? written)
    {
        using SafetensorsDraft draft = SafetensorsDraft.Create(path, layout, Metadata);
        foreach (TensorLayout tensor in layout)
        {
            using DisposeScope scope = NewDisposeScope();
            draft.Write(tensor.Name, make(tensor));
            written?.Invoke(tensor.Length);
        }

        draft.Commit();
    }

    private static List<List<TensorLayout>> Split(IReadOnlyList<TensorLayout> layout, long maxBytes)
    {
        List<List<TensorLayout>> shards = [[]];
        long size = 0;
        foreach (TensorLayout tensor in layout)
        {
            if (shards[^1].Count > 0 && size + tensor.Length > maxBytes)
            {
                shards.Add([]);
                size = 0;
            }

            shards[^1].Add(tensor);
            size += tensor.Length;
        }

        return shards;
    }
}
