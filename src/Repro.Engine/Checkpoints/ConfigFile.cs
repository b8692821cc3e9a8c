using System.Text.Json;
using Repro.Engine.Models;
using Repro.Engine.Storage;

namespace Repro.Engine.Checkpoints;

/// <summary>Reads and writes a checkpoint's <c>config.json</c> as Hugging Face spells it.</summary>
public static class ConfigFile
{
    private const string Architecture = "LlamaForCausalLM";
    private const long MaxLength = 1 << 20;
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is missing, malformed, of another architecture, or asks for something this model does not have.</exception>
    public static LlamaConfig Read(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length > MaxLength)
                throw new InputException($"{path} has {file.Length} bytes; a config.json has a few hundred.");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 16 });
            return new ConfigReader(path, document.RootElement).Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} can't be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is not valid JSON (line {e.LineNumber + 1}); restore the checkpoint's config.json.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{path} holds text that is not Unicode; restore the checkpoint's config.json.", e);
        }
    }

    /// <summary>Writes a configuration atomically.</summary>
    public static void Write(string path, LlamaConfig config)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("architectures");
            json.WriteStringValue(Architecture);
            json.WriteEndArray();
            json.WriteBoolean("attention_bias", false);
            json.WriteNumber("bos_token_id", config.BosTokenId);
            json.WriteNumber("eos_token_id", config.EosTokenId);
            json.WriteNumber("head_dim", config.HeadSize);
            json.WriteString("hidden_act", "silu");
            json.WriteNumber("hidden_size", config.HiddenSize);
            json.WriteNumber("intermediate_size", config.IntermediateSize);
            json.WriteNumber("max_position_embeddings", config.MaxPositions);
            json.WriteBoolean("mlp_bias", false);
            json.WriteString("model_type", "llama");
            json.WriteNumber("num_attention_heads", config.HeadCount);
            json.WriteNumber("num_hidden_layers", config.LayerCount);
            json.WriteNumber("num_key_value_heads", config.KeyValueHeadCount);
            json.WriteNumber("rms_norm_eps", config.RmsNormEpsilon);
            json.WriteNull("rope_scaling");
            json.WriteNumber("rope_theta", config.RopeTheta);
            json.WriteBoolean("tie_word_embeddings", config.TieWordEmbeddings);
            json.WriteString("torch_dtype", Dtypes.WeightsName(config.WeightType));
            json.WriteNumber("vocab_size", config.VocabularySize);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        AtomicFile.Write(path, stream => buffer.WriteTo(stream));
    }

    private sealed class ConfigReader(string path, JsonElement root)
    {
        public LlamaConfig Read()
        {
            if (root.ValueKind != JsonValueKind.Object)
                throw new InputException($"{path} is not a JSON object; restore the checkpoint's config.json.");
            CheckArchitecture();
            Refuse("attention_bias", "biases in attention");
            Refuse("mlp_bias", "biases in the feed-forward layer");
            if (Optional("rope_scaling") is { ValueKind: not JsonValueKind.Null })
                throw new InputException($"{path} asks for rope_scaling, which is not supported; use a checkpoint without it.");
            if (Optional("hidden_act") is { } activation && (activation.ValueKind != JsonValueKind.String || activation.GetString() != "silu"))
                throw new InputException($"{path} asks for the activation {activation}; only silu is supported.");

            int heads = Whole("num_attention_heads");
            int hidden = Whole("hidden_size");
            int keyValueHeads = Whole("num_key_value_heads", heads);
            if (heads % keyValueHeads != 0)
                throw new InputException($"{path}: num_attention_heads {heads} is not a multiple of num_key_value_heads {keyValueHeads}.");
            if (hidden % heads != 0 && Optional("head_dim") is null)
                throw new InputException($"{path}: hidden_size {hidden} is not a multiple of num_attention_heads {heads}.");
            int headSize = Whole("head_dim", Math.Max(1, hidden / heads));
            if (headSize % 2 != 0)
                throw new InputException($"{path}: a head of {headSize} dimensions can't be rotated in halves; it must be even.");

            return new LlamaConfig
            {
                VocabularySize = Whole("vocab_size"),
                HiddenSize = hidden,
                IntermediateSize = Whole("intermediate_size"),
                LayerCount = Whole("num_hidden_layers"),
                HeadCount = heads,
                KeyValueHeadCount = keyValueHeads,
                HeadSize = headSize,
                MaxPositions = Whole("max_position_embeddings"),
                RmsNormEpsilon = Positive("rms_norm_eps"),
                RopeTheta = Positive("rope_theta", 10_000),
                TieWordEmbeddings = Flag("tie_word_embeddings"),
                BosTokenId = Whole("bos_token_id", 1, minimum: 0),
                EosTokenId = Whole("eos_token_id", 2, minimum: 0),
                WeightType = WeightType(),
            };
        }

        private void CheckArchitecture()
        {
            string found = Optional("architectures") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
                ? list[0].ToString()
                : throw Missing("architectures");
            if (found != Architecture)
                throw new InputException($"{path} describes a {found}; only {Architecture} is supported.");
        }

        private TorchSharp.torch.ScalarType WeightType()
        {
            if ((Optional("torch_dtype") ?? Optional("dtype")) is not { ValueKind: JsonValueKind.String } name)
                throw Missing("torch_dtype");
            try
            {
                return Dtypes.ParseWeights(name.GetString()!);
            }
            catch (InputException e)
            {
                throw new InputException($"{path}: torch_dtype: {e.Message}", e);
            }
        }

        private void Refuse(string name, string what)
        {
            if (Flag(name))
                throw new InputException($"{path} asks for {what} ({name}), which LLaMA does not have and is not supported.");
        }

        private JsonElement? Optional(string name) => root.TryGetProperty(name, out JsonElement value) ? value : null;

        private bool Flag(string name) => Optional(name) switch
        {
            null or { ValueKind: JsonValueKind.False or JsonValueKind.Null } => false,
            { ValueKind: JsonValueKind.True } => true,
            _ => throw new InputException($"{path}: {name} must be true or false."),
        };

        private int Whole(string name, int? fallback = null, int minimum = 1)
        {
            if (Optional(name) is not { ValueKind: not JsonValueKind.Null } value)
                return fallback ?? throw Missing(name);
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= minimum
                ? number
                : throw new InputException($"{path}: {name} must be a whole number of at least {minimum}, not {value}.");
        }

        private double Positive(string name, double? fallback = null)
        {
            if (Optional(name) is not { ValueKind: not JsonValueKind.Null } value)
                return fallback ?? throw Missing(name);
            return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number > 0 && double.IsFinite(number)
                ? number
                : throw new InputException($"{path}: {name} must be a number above 0, not {value}.");
        }

        private InputException Missing(string name) => new($"{path} lacks '{name}'; restore the checkpoint's config.json.");
    }
}
