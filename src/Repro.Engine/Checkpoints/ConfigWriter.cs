using System.Text.Json;
using System.Text.Json.Nodes;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Safetensors;

namespace Repro.Engine.Checkpoints;

/// <summary>Writes a <c>config.json</c> with the fields in the order of the alphabet, as Hugging Face does.</summary>
public static class ConfigWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes a configuration atomically, so that it reads back the same.</summary>
    /// <param name="path">The file.</param>
    /// <param name="config">The configuration.</param>
    /// <exception cref="ArgumentException">It has biases that its architecture's files can't ask for.</exception>
    public static void Write(string path, LlamaConfig config)
    {
        if (!config.Architecture.Biases.Contains(config.AttentionBias))
            throw new ArgumentException($"config.json has no way to say that a {config.Architecture} has the biases {config.AttentionBias}.", nameof(config));
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Indented))
            new JsonObject(Fields(config)).WriteTo(json);
        buffer.WriteByte((byte)'\n');
        AtomicFile.Write(path, stream => buffer.WriteTo(stream));
    }

    private static SortedDictionary<string, JsonNode?> Fields(LlamaConfig config)
    {
        SortedDictionary<string, JsonNode?> fields = new(StringComparer.Ordinal)
        {
            ["architectures"] = new JsonArray(config.Architecture.HuggingFaceClass),
            ["bos_token_id"] = config.BosTokenId,
            ["eos_token_id"] = SpecialTokenFields.Eos(config),
            ["head_dim"] = config.HeadSize,
            ["hidden_act"] = config.Architecture.Activation.HuggingFaceName,
            ["hidden_size"] = config.HiddenSize,
            ["intermediate_size"] = config.IntermediateSize,
            ["max_position_embeddings"] = config.SlidingWindow?.StatedPositions ?? config.MaxPositions,
            ["model_type"] = config.Architecture.ModelType,
            ["num_attention_heads"] = config.HeadCount,
            ["num_hidden_layers"] = config.LayerCount,
            ["num_key_value_heads"] = config.KeyValueHeadCount,
            ["rms_norm_eps"] = config.RmsNormEpsilon,
            ["rope_scaling"] = RopeFields.Scaling(config),
            ["rope_theta"] = config.RopeTheta,
            ["tie_word_embeddings"] = config.TieWordEmbeddings,
            ["torch_dtype"] = Dtypes.WeightsName(config.WeightType),
            ["vocab_size"] = config.VocabularySize,
        };
        config.Architecture.Write(fields, config);
        return fields;
    }
}
