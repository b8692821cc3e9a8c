using System.Text.Json.Nodes;
using Repro.Engine.Models;

namespace Repro.Engine.Tests.Support;

/// <summary>What the reference needs to know of a model, read from <c>config.json</c> by itself.</summary>
internal sealed record ReferenceShape
{
    public required int Width { get; init; }

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    public required int HeadSize { get; init; }

    public required int Inner { get; init; }

    public required double Epsilon { get; init; }

    public required double Theta { get; init; }

    public required bool Tied { get; init; }

    /// <summary>Positions that attention sees, its own included.</summary>
    public int Window { get; init; } = int.MaxValue;

    /// <summary>Names of a block's norms before and behind attention, before and behind the feed-forward layer; null for none.</summary>
    public (string? Before, string? Behind, string? BeforeForward, string? BehindForward) BlockNorms { get; init; } = ("input_layernorm", null, "post_attention_layernorm", null);

    /// <summary>Gemma-2's peculiarities, or null.</summary>
    public ReferenceGemma? Gemma { get; init; }

    /// <summary>Layers from 0 whose queries and keys are not turned.</summary>
    public IReadOnlyCollection<int> Unturned { get; init; } = [];

    /// <summary>LLaMA-3's stretching of the rotary frequencies, or null.</summary>
    public ReferenceStretch? Stretch { get; init; }

    public static ReferenceShape Of(LlamaConfig config) => new()
    {
        Width = config.HiddenSize,
        Layers = config.LayerCount,
        Heads = config.HeadCount,
        KeyValueHeads = config.KeyValueHeadCount,
        HeadSize = config.HeadSize,
        Inner = config.IntermediateSize,
        Epsilon = config.RmsNormEpsilon,
        Theta = config.RopeTheta,
        Tied = config.TieWordEmbeddings,
    };

    public static ReferenceShape Of(JsonObject config)
    {
        int heads = config["num_attention_heads"]!.GetValue<int>();
        int width = config["hidden_size"]!.GetValue<int>();
        JsonObject? rope = config["rope_scaling"]?.AsObject() ?? config["rope_parameters"]?.AsObject();
        string type = config["model_type"]!.GetValue<string>();
        ReferenceShape shape = new()
        {
            Width = width,
            Layers = config["num_hidden_layers"]!.GetValue<int>(),
            Heads = heads,
            KeyValueHeads = config["num_key_value_heads"]?.GetValue<int>() ?? heads,
            HeadSize = config["head_dim"]?.GetValue<int>() ?? width / heads,
            Inner = config["intermediate_size"]!.GetValue<int>(),
            Epsilon = config["rms_norm_eps"]!.GetValue<double>(),
            Theta = (rope?["rope_theta"] ?? config["rope_theta"])?.GetValue<double>() ?? 10_000,
            Tied = config["tie_word_embeddings"]?.GetValue<bool>() ?? true,
            Window = (type == "mistral" ? config["sliding_window"]?.GetValue<int>() : null) ?? int.MaxValue,
            Unturned = [.. (config["no_rope_layers"]?.AsArray() ?? []).Select((turns, layer) => (Turns: turns!.GetValue<int>(), layer)).Where(l => l.Turns == 0).Select(l => l.layer)],
            Stretch = rope is null ? null : new ReferenceStretch(
                rope["factor"]!.GetValue<double>(),
                rope["low_freq_factor"]!.GetValue<double>(),
                rope["high_freq_factor"]!.GetValue<double>(),
                rope["original_max_position_embeddings"]!.GetValue<int>()),
        };
        return type switch
        {
            "olmo2" => shape with { BlockNorms = (null, "post_attention_layernorm", null, "post_feedforward_layernorm") },
            "gemma2" => shape with
            {
                BlockNorms = ("input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm", "post_feedforward_layernorm"),
                Gemma = new ReferenceGemma(
                    config["query_pre_attn_scalar"]!.GetValue<double>(),
                    config["attn_logit_softcapping"]?.GetValue<double>() ?? double.PositiveInfinity,
                    config["final_logit_softcapping"]?.GetValue<double>() ?? double.PositiveInfinity),
            },
            _ => shape,
        };
    }

    /// <summary>Where Phi-3 stores a matrix of LLaMA: the rows of another.</summary>
    /// <param name="name">LLaMA's name of the matrix, without <c>.weight</c>.</param>
    public (string Name, Range Rows) Fused(string name)
    {
        int queries = Heads * HeadSize;
        int keys = KeyValueHeads * HeadSize;
        string prefix = name[..(name.LastIndexOf('.') + 1)];
        return name[prefix.Length..] switch
        {
            "q_proj" => (prefix + "qkv_proj", ..queries),
            "k_proj" => (prefix + "qkv_proj", queries..(queries + keys)),
            "v_proj" => (prefix + "qkv_proj", (queries + keys)..(queries + (2 * keys))),
            "gate_proj" => (prefix + "gate_up_proj", ..Inner),
            "up_proj" => (prefix + "gate_up_proj", Inner..(2 * Inner)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not fused"),
        };
    }

    /// <summary>Radians per position of a pair of dimensions.</summary>
    public double Frequency(int pair)
    {
        double frequency = 1 / Math.Pow(Theta, 2.0 * pair / HeadSize);
        return Stretch is null ? frequency : Stretch.Apply(frequency);
    }
}

/// <summary>What attention's scores are divided by the root of, and the limits of those scores and of the next token's.</summary>
internal sealed record ReferenceGemma(double Scalar, double ScoreLimit, double LogitLimit)
{
    public static double Limited(double score, double limit) => double.IsInfinity(limit) ? score : limit * Math.Tanh(score / limit);
}

/// <summary>LLaMA-3.1's rule by wavelengths, in tokens: short ones stay, long ones grow by the factor, and those between are blended.</summary>
internal sealed record ReferenceStretch(double Factor, double Low, double High, double Original)
{
    public double Apply(double frequency)
    {
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength < Original / High)
            return frequency;
        if (wavelength > Original / Low)
            return frequency / Factor;
        double smooth = ((Original / wavelength) - Low) / (High - Low);
        return ((1 - smooth) * frequency / Factor) + (smooth * frequency);
    }
}
