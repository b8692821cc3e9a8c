using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Checkpoints;

/// <summary>Reads a checkpoint's <c>config.json</c>, and refuses by name what the engine does not compute.</summary>
public static class ConfigReader
{
    private const long MaxLength = 1 << 20;

    // Many times those of the largest published model; all names of a checkpoint's weights are listed before one is looked for.
    private const int MaxLayers = 2_000;

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is missing, malformed, of another architecture, or asks for something this model does not have.</exception>
    public static LlamaConfig Read(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists && ForeignWeights.Complaint(file.DirectoryName!) is { } complaint)
                throw new InputException(complaint);
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadBytes(path, MaxLength), new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(new ConfigFields(path, document.RootElement))
                : throw new InputException($"{path} is not a JSON object; restore the checkpoint's config.json.");
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

    private static LlamaConfig Read(ConfigFields fields)
    {
        List<string> assumptions = [];
        Architecture architecture = IdentityFields.Architecture(fields, assumptions);
        Refuse(fields, architecture.ActivationField, architecture.Activation.HuggingFaceName);
        int heads = fields.Whole("num_attention_heads");
        int hidden = fields.Whole("hidden_size");
        int keyValueHeads = fields.Whole("num_key_value_heads", architecture.DefaultKeyValueHeads(heads));
        if (heads % keyValueHeads != 0)
            throw new InputException($"{fields.Path}: num_attention_heads {heads} is not a multiple of num_key_value_heads {keyValueHeads}.");
        if (architecture.DefaultHeadSize is null && hidden % heads != 0 && fields.Optional("head_dim") is null)
            throw new InputException($"{fields.Path}: hidden_size {hidden} is not a multiple of num_attention_heads {heads}.");
        int headSize = fields.Whole("head_dim", architecture.DefaultHeadSize ?? Math.Max(1, hidden / heads));
        if (headSize % 2 != 0)
            throw new InputException($"{fields.Path}: a head of {headSize} dimensions can't be rotated in halves; it must be even.");

        int layers = fields.Whole("num_hidden_layers");
        if (layers > MaxLayers)
            throw new InputException($"{fields.Path}: num_hidden_layers is {layers} and at most {MaxLayers} are supported; restore the checkpoint's config.json.");
        int vocabulary = fields.Whole("vocab_size");
        (double theta, RopeScaling? scaling) = RopeFields.Read(fields, architecture.DefaultRopeTheta);
        (int? bos, int eos, ValueList<int> otherEos) = SpecialTokenFields.Read(fields, architecture, vocabulary);
        return architecture.Read(fields, new LlamaConfig
        {
            Architecture = architecture,
            VocabularySize = vocabulary,
            HiddenSize = hidden,
            IntermediateSize = fields.Whole("intermediate_size"),
            LayerCount = layers,
            HeadCount = heads,
            KeyValueHeadCount = keyValueHeads,
            HeadSize = headSize,

            // LLaMA-1's first conversions have only the second name.
            MaxPositions = fields.Whole(fields.Has("max_position_embeddings") || !fields.Has("max_sequence_length") ? "max_position_embeddings" : "max_sequence_length"),
            RmsNormEpsilon = fields.Positive("rms_norm_eps"),
            RopeTheta = theta,
            RopeScaling = scaling,
            TieWordEmbeddings = fields.Flag("tie_word_embeddings", architecture.DefaultTied),
            BosTokenId = bos,
            EosTokenId = eos,
            OtherEosTokenIds = otherEos,
            WeightType = IdentityFields.WeightType(fields, assumptions),
            Assumptions = new ValueList<string>([.. assumptions]),
        });
    }

    private static void Refuse(ConfigFields fields, string activationField, string supported)
    {
        if (fields.Object("quantization_config") is { } quantisation)
            throw new InputException($"{fields.Path} describes weights quantised with {quantisation.Text("quant_method") ?? "an unnamed method"} (quantization_config), which are not supported; use the checkpoint that they were quantised from.");
        if (fields.Optional(activationField) is { } activation && (activation.ValueKind != JsonValueKind.String || activation.GetString() != supported))
            throw new InputException($"{fields.Path} asks for the activation {activation}; only {supported} is supported.");
    }
}
