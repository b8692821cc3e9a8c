using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Safetensors;

namespace Repro.Engine.Checkpoints;

/// <summary>Turns the fields of a <c>config.json</c> into a configuration, and refuses by name what the engine does not compute.</summary>
internal static class ConfigReader
{
    // Many times those of the largest published model; all names of a checkpoint's weights are listed before one is looked for.
    private const int MaxLayers = 2_000;

    public static LlamaConfig Read(ConfigFields fields)
    {
        Architecture architecture = Architectures.Read(fields);
        Refuse(fields, architecture);
        int heads = fields.Whole("num_attention_heads");
        int hidden = fields.Whole("hidden_size");
        int keyValueHeads = fields.Whole("num_key_value_heads", architecture == Architecture.Llama ? heads : null);
        if (heads % keyValueHeads != 0)
            throw new InputException($"{fields.Path}: num_attention_heads {heads} is not a multiple of num_key_value_heads {keyValueHeads}.");
        if (hidden % heads != 0 && fields.Optional("head_dim") is null)
            throw new InputException($"{fields.Path}: hidden_size {hidden} is not a multiple of num_attention_heads {heads}.");
        int headSize = fields.Whole("head_dim", Math.Max(1, hidden / heads));
        if (headSize % 2 != 0)
            throw new InputException($"{fields.Path}: a head of {headSize} dimensions can't be rotated in halves; it must be even.");

        int layers = fields.Whole("num_hidden_layers");
        if (layers > MaxLayers)
            throw new InputException($"{fields.Path}: num_hidden_layers is {layers} and at most {MaxLayers} are supported; restore the checkpoint's config.json.");
        int vocabulary = fields.Whole("vocab_size");

        // LLaMA-1's first conversions have only the second name.
        int positions = fields.Whole(fields.Has("max_position_embeddings") || !fields.Has("max_sequence_length") ? "max_position_embeddings" : "max_sequence_length");
        SlidingWindow? window = WindowFields.Read(fields, architecture, layers, positions);
        (double theta, RopeScaling? scaling) = RopeFields.Read(fields);
        (int? bos, int eos, TokenIds otherEos) = SpecialTokenFields.Read(fields, architecture, vocabulary);
        return new LlamaConfig
        {
            Architecture = architecture,
            VocabularySize = vocabulary,
            HiddenSize = hidden,
            IntermediateSize = fields.Whole("intermediate_size"),
            LayerCount = layers,
            HeadCount = heads,
            KeyValueHeadCount = keyValueHeads,
            HeadSize = headSize,
            AttentionBias = Architectures.BiasOf(architecture, architecture == Architecture.Llama && fields.Flag("attention_bias")),
            MaxPositions = Math.Min(positions, window?.Length ?? positions),
            SlidingWindow = window,
            RmsNormEpsilon = fields.Positive("rms_norm_eps"),
            RopeTheta = theta,
            RopeScaling = scaling,
            TieWordEmbeddings = fields.Flag("tie_word_embeddings"),
            BosTokenId = bos,
            EosTokenId = eos,
            OtherEosTokenIds = otherEos,
            WeightType = WeightType(fields),
        };
    }

    private static void Refuse(ConfigFields fields, Architecture architecture)
    {
        if (fields.Object("quantization_config") is { } quantisation)
            throw new InputException($"{fields.Path} describes weights quantised with {quantisation.Text("quant_method") ?? "an unnamed method"} (quantization_config), which are not supported; use the checkpoint that they were quantised from.");
        if (architecture == Architecture.Llama && fields.Flag("mlp_bias"))
            throw new InputException($"{fields.Path} asks for biases in the feed-forward layer (mlp_bias), which are not supported; use a checkpoint without them.");
        if (fields.Optional("hidden_act") is { } activation && (activation.ValueKind != JsonValueKind.String || activation.GetString() != "silu"))
            throw new InputException($"{fields.Path} asks for the activation {activation}; only silu is supported.");
    }

    private static TorchSharp.torch.ScalarType WeightType(ConfigFields fields)
    {
        string field = fields.Optional("torch_dtype") is null ? "dtype" : "torch_dtype";
        if (fields.Optional(field) is not { ValueKind: JsonValueKind.String } name)
            throw fields.Missing("torch_dtype");
        try
        {
            return Dtypes.ParseWeights(name.GetString()!);
        }
        catch (InputException e)
        {
            throw new InputException($"{fields.Path}: {field}: {e.Message}", e);
        }
    }
}
