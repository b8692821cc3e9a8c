using System.Text.Json.Nodes;
using Repro.Engine.Native;
using Repro.Engine.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Support;

/// <summary>
/// A folder as Hugging Face writes it, with the fields of a published <c>config.json</c>, sizes of a few units and random weights; nothing
/// in it is written by the engine but the bytes of its tensors.
/// </summary>
internal sealed class HandMadeCheckpoint : IDisposable
{
    private const int Width = 8;
    private const int Inner = 12;
    private const int Vocabulary = 13;
    private readonly TemporaryFolder folder = new();

    public HandMadeCheckpoint(string published, ScalarType type = ScalarType.Float32, bool sharded = false, Action<JsonObject>? edit = null, ScalarType? normType = null)
    {
        Config = Shrunk(PublishedConfigs.Get(published));
        edit?.Invoke(Config);
        File.WriteAllText(folder.File("config.json"), Config.ToJsonString());
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = Tensors(type, normType ?? type);
        Weights = tensors.ToDictionary(t => t.Key, t => t.Value.to(ScalarType.Float64).flatten().data<double>().ToArray());
        if (sharded)
            WriteShards(tensors);
        else
            SafetensorsFile.Write(folder.File("model.safetensors"), tensors);
    }

    public JsonObject Config { get; }

    /// <summary>The stored values by name, row-major.</summary>
    public Dictionary<string, double[]> Weights { get; }

    public string Root => folder.Path;

    /// <summary>Values by LLaMA's names, from those by the stored ones.</summary>
    public Dictionary<string, double[]> Unfused(Dictionary<string, double[]> stored)
    {
        ReferenceShape shape = ReferenceShape.Of(Config);
        Dictionary<string, double[]> values = [];
        foreach ((string name, double[] whole) in stored)
        {
            string[] parts = name.Contains("qkv_proj", StringComparison.Ordinal) ? ["q_proj", "k_proj", "v_proj"]
                : name.Contains("gate_up_proj", StringComparison.Ordinal) ? ["gate_proj", "up_proj"] : [];
            if (parts.Length == 0)
                values[name] = whole;
            foreach (string part in parts)
            {
                string own = name.Replace("qkv_proj", part, StringComparison.Ordinal).Replace("gate_up_proj", part, StringComparison.Ordinal);
                Range rows = shape.Fused(own[..^".weight".Length]).Rows;
                values[own] = whole[(rows.Start.Value * Width)..(rows.End.Value * Width)];
            }
        }

        return values;
    }

    public ReferenceLlama Reference() => new(ReferenceShape.Of(Config), Weights);

    private string Type => Config["model_type"]!.GetValue<string>();

    public void Dispose() => folder.Dispose();

    // Four query heads, and as many key-value heads as the proportion of the real model allows.
    private static JsonObject Shrunk(JsonObject config)
    {
        int groups = config["num_attention_heads"]!.GetValue<int>()
            / (config["num_key_value_heads"] ?? config["num_attention_heads"])!.GetValue<int>();
        config["hidden_size"] = Width;
        config["intermediate_size"] = Inner;
        config["num_attention_heads"] = 4;
        if (config.ContainsKey("num_key_value_heads"))
            config["num_key_value_heads"] = Math.Max(1, 4 / groups);
        config["num_hidden_layers"] = 2;
        config["vocab_size"] = Vocabulary;
        config["bos_token_id"] = 1;
        config["eos_token_id"] = config["eos_token_id"] is JsonArray ? new JsonArray(2, 3, 4) : 2;
        if (config.ContainsKey("head_dim"))
            config["head_dim"] = 8;
        return config;
    }

    private Dictionary<string, Tensor> Tensors(ScalarType type, ScalarType normType)
    {
        using Generator generator = new(11, CPU);
        Dictionary<string, Tensor> tensors = [];
        foreach ((string name, long[] shape) in Shapes())
        {
            Tensor noise = randn(shape, generator: generator).Times(0.4);
            double usual = Type == "gemma2" ? 0 : 1;
            tensors[name] = name.EndsWith("norm.weight", StringComparison.Ordinal) ? noise.Plus(usual).to(normType) : noise.to(type);
        }

        return tensors;
    }

    private IEnumerable<(string Name, long[] Shape)> Shapes()
    {
        ReferenceShape shape = ReferenceShape.Of(Config);
        long queries = shape.Heads * shape.HeadSize;
        long keys = shape.KeyValueHeads * shape.HeadSize;
        bool qwen = Type == "qwen2";
        bool olmo = Type == "olmo2";
        bool headNorms = olmo || Type == "qwen3";
        bool all = Config["attention_bias"]?.GetValue<bool>() == true;
        yield return ("model.embed_tokens.weight", [Vocabulary, Width]);
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            string block = $"model.layers.{layer}.";
            (string? before, string? behind, string? beforeForward, string? behindForward) = shape.BlockNorms;
            foreach (string norm in new[] { before, behind, beforeForward, behindForward }.OfType<string>())
                yield return ($"{block}{norm}.weight", [Width]);
            bool fused = Type == "phi3";
            if (fused)
                yield return (block + "mlp.gate_up_proj.weight", [2 * Inner, Width]);
            else
            {
                yield return (block + "mlp.gate_proj.weight", [Inner, Width]);
                yield return (block + "mlp.up_proj.weight", [Inner, Width]);
            }

            yield return (block + "mlp.down_proj.weight", [Width, Inner]);
            (string Matrix, long Rows)[] projections = fused ? [("qkv", queries + (2 * keys))] : [("q", queries), ("k", keys), ("v", keys)];
            foreach ((string matrix, long rows) in projections)
            {
                yield return (block + $"self_attn.{matrix}_proj.weight", [rows, Width]);
                if (qwen || all)
                    yield return (block + $"self_attn.{matrix}_proj.bias", [rows]);
            }

            if (headNorms)
            {
                yield return (block + "self_attn.q_norm.weight", [olmo ? queries : shape.HeadSize]);
                yield return (block + "self_attn.k_norm.weight", [olmo ? keys : shape.HeadSize]);
            }

            yield return (block + "self_attn.o_proj.weight", [Width, queries]);
            if (all)
                yield return (block + "self_attn.o_proj.bias", [Width]);
        }

        yield return ("model.norm.weight", [Width]);
        if (!shape.Tied)
            yield return ("lm_head.weight", [Vocabulary, Width]);
    }

    private void WriteShards(Dictionary<string, Tensor> tensors)
    {
        JsonObject map = [];
        for (int shard = 0; shard < 3; shard++)
        {
            string file = $"model-{shard + 1:D5}-of-00003.safetensors";
            Dictionary<string, Tensor> part = tensors.Where((_, i) => i % 3 == shard).ToDictionary();
            SafetensorsFile.Write(folder.File(file), part, new Dictionary<string, string> { ["format"] = "pt" });
            foreach (string name in part.Keys)
                map[name] = file;
        }

        JsonObject index = new() { ["metadata"] = new JsonObject { ["total_size"] = 1 }, ["weight_map"] = map };
        File.WriteAllText(folder.File("model.safetensors.index.json"), index.ToJsonString());
    }
}
