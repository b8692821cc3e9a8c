using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Safetensors;

namespace Repro.Engine.Checkpoints;

/// <summary>Writes a <c>config.json</c> with the fields in the order of the alphabet, as Hugging Face does.</summary>
internal static class ConfigWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Write(string path, LlamaConfig config)
    {
        bool biased = config.AttentionBias == AttentionBias.QueryKeyValueOutput;
        if (config.AttentionBias != Architectures.BiasOf(config.Architecture, biased))
            throw new ArgumentException($"config.json has no way to say that a {config.Architecture} has the biases {config.AttentionBias}.", nameof(config));
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Indented))
        {
            json.WriteStartObject();
            WriteFields(json, config);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        AtomicFile.Write(path, stream => buffer.WriteTo(stream));
    }

    private static void WriteFields(Utf8JsonWriter json, LlamaConfig config)
    {
        json.WriteStartArray("architectures");
        json.WriteStringValue(Architectures.NameOf(config.Architecture));
        json.WriteEndArray();
        if (config.Architecture == Architecture.Llama)
            json.WriteBoolean("attention_bias", config.AttentionBias == AttentionBias.QueryKeyValueOutput);
        if (config.BosTokenId is { } bos)
            json.WriteNumber("bos_token_id", bos);
        else
            json.WriteNull("bos_token_id");
        SpecialTokenFields.WriteEos(json, config);
        json.WriteNumber("head_dim", config.HeadSize);
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("hidden_size", config.HiddenSize);
        json.WriteNumber("intermediate_size", config.IntermediateSize);
        json.WriteNumber("max_position_embeddings", config.SlidingWindow?.StatedPositions ?? config.MaxPositions);
        if (config.Architecture == Architecture.Llama)
            json.WriteBoolean("mlp_bias", false);
        json.WriteString("model_type", Architectures.TypeOf(config.Architecture));
        json.WriteNumber("num_attention_heads", config.HeadCount);
        json.WriteNumber("num_hidden_layers", config.LayerCount);
        json.WriteNumber("num_key_value_heads", config.KeyValueHeadCount);
        json.WriteNumber("rms_norm_eps", config.RmsNormEpsilon);
        RopeFields.Write(json, config);
        WindowFields.Write(json, config);
        json.WriteBoolean("tie_word_embeddings", config.TieWordEmbeddings);
        json.WriteString("torch_dtype", Dtypes.WeightsName(config.WeightType));
        json.WriteNumber("vocab_size", config.VocabularySize);
    }
}
