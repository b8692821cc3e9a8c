using static Repro.Engine.Models.WeightRole;

namespace Repro.Engine.Models.Architectures;

/// <summary>The weights that Hugging Face's decoders of the LLaMA family have in common, in the order of the network.</summary>
internal static class DecoderWeights
{
    /// <summary>What the names of a block's weights begin with.</summary>
    public const string Block = "model.layers.*.";

    /// <summary>The weights; biases are those that a configuration asks for.</summary>
    public static IReadOnlyList<WeightSpec> All { get; } =
    [
        new(Embedding, "model.embed_tokens.weight", c => [c.VocabularySize, c.HiddenSize]),
        new(InputNorm, Block + "input_layernorm.weight", c => [c.HiddenSize]),
        new(Query, Block + "self_attn.q_proj.weight", c => [Queries(c), c.HiddenSize]),
        new(QueryBias, Block + "self_attn.q_proj.bias", c => Biased(c) ? [Queries(c)] : null),
        new(Key, Block + "self_attn.k_proj.weight", c => [Keys(c), c.HiddenSize]),
        new(KeyBias, Block + "self_attn.k_proj.bias", c => Biased(c) ? [Keys(c)] : null),
        new(Value, Block + "self_attn.v_proj.weight", c => [Keys(c), c.HiddenSize]),
        new(ValueBias, Block + "self_attn.v_proj.bias", c => Biased(c) ? [Keys(c)] : null),
        new(AttentionOutput, Block + "self_attn.o_proj.weight", c => [c.HiddenSize, Queries(c)]),
        new(AttentionOutputBias, Block + "self_attn.o_proj.bias", c => c.AttentionBias == AttentionBias.QueryKeyValueOutput ? [c.HiddenSize] : null),
        new(FeedForwardNorm, Block + "post_attention_layernorm.weight", c => [c.HiddenSize]),
        new(Gate, Block + "mlp.gate_proj.weight", c => [c.IntermediateSize, c.HiddenSize]),
        new(Up, Block + "mlp.up_proj.weight", c => [c.IntermediateSize, c.HiddenSize]),
        new(Down, Block + "mlp.down_proj.weight", c => [c.HiddenSize, c.IntermediateSize]),
        new(FinalNorm, "model.norm.weight", c => [c.HiddenSize]),
        new(Head, "lm_head.weight", c => c.TieWordEmbeddings ? null : [c.VocabularySize, c.HiddenSize]),
    ];

    /// <summary>The same with further weights of each block, which stand before the norm of the feed-forward layer.</summary>
    public static IReadOnlyList<WeightSpec> With(params WeightSpec[] further) =>
        [.. All.TakeWhile(s => s.Role != FeedForwardNorm), .. further, .. All.SkipWhile(s => s.Role != FeedForwardNorm)];

    /// <summary>The same with norms of each block as wide as the residual stream in the place of LLaMA's two, before attention, behind it, before and behind the feed-forward layer.</summary>
    /// <param name="further">Other further weights of each block, before those of the feed-forward layer.</param>
    /// <param name="norms">The norms by what they do, each with what its name ends in.</param>
    public static IReadOnlyList<WeightSpec> WithNorms(IReadOnlyList<WeightSpec> further, params (WeightRole Role, string Name)[] norms)
    {
        IEnumerable<WeightSpec> Norm(WeightRole role) => norms.Where(n => n.Role == role).Select(n => new WeightSpec(role, $"{Block}{n.Name}.weight", c => [c.HiddenSize]));
        return
        [
            .. All.SelectMany(spec => spec.Role switch
            {
                InputNorm => Norm(InputNorm),
                FeedForwardNorm => [.. further, .. Norm(AttentionOutputNorm), .. Norm(FeedForwardNorm)],
                Down => [spec, .. Norm(FeedForwardOutputNorm)],
                _ => [spec],
            }),
        ];
    }

    /// <summary>Width of all heads' queries together.</summary>
    public static long Queries(LlamaConfig config) => (long)config.HeadCount * config.HeadSize;

    /// <summary>Width of all heads' keys together.</summary>
    public static long Keys(LlamaConfig config) => (long)config.KeyValueHeadCount * config.HeadSize;

    private static bool Biased(LlamaConfig config) => config.AttentionBias != AttentionBias.None;
}
