using System.Text.Json.Nodes;

namespace Repro.Engine.Models.Architectures;

/// <summary>OLMo-2: as LLaMA, with the norms behind attention and feed-forward layer instead of before them, and norms of all queries and of all keys.</summary>
public sealed record Olmo2 : Architecture
{
    private static readonly IReadOnlyList<WeightSpec> Own = DecoderWeights.WithNorms(
        [
            new(WeightRole.QueryNorm, DecoderWeights.Block + "self_attn.q_norm.weight", c => [DecoderWeights.Queries(c)]),
            new(WeightRole.KeyNorm, DecoderWeights.Block + "self_attn.k_norm.weight", c => [DecoderWeights.Keys(c)]),
        ],
        (WeightRole.AttentionOutputNorm, "post_attention_layernorm"),
        (WeightRole.FeedForwardOutputNorm, "post_feedforward_layernorm"));

    /// <inheritdoc/>
    public override string HuggingFaceClass => "Olmo2ForCausalLM";

    /// <inheritdoc/>
    public override string ModelType => "olmo2";

    internal override IReadOnlyList<WeightSpec> Weights => Own;

    internal override IReadOnlyList<AttentionBias> Biases => [AttentionBias.None, AttentionBias.QueryKeyValueOutput];

    internal override (int Bos, int Eos)? DefaultTokens => null;

    internal override int? DefaultKeyValueHeads(int heads) => heads;

    internal override LlamaConfig Read(ConfigFields fields, LlamaConfig common) => common with { AttentionBias = BiasField.Read(fields) };

    internal override void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config) => BiasField.Write(fields, config);
}
