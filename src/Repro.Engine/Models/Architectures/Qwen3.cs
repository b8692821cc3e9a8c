using System.Text.Json.Nodes;

namespace Repro.Engine.Models.Architectures;

/// <summary>Qwen3: as LLaMA, with an RMSNorm of each head's query and key before they are rotated.</summary>
public sealed record Qwen3 : Architecture
{
    private static readonly IReadOnlyList<WeightSpec> Own = DecoderWeights.With(
        new(WeightRole.QueryNorm, DecoderWeights.Block + "self_attn.q_norm.weight", c => [c.HeadSize]),
        new(WeightRole.KeyNorm, DecoderWeights.Block + "self_attn.k_norm.weight", c => [c.HeadSize]));

    /// <inheritdoc/>
    public override string HuggingFaceClass => "Qwen3ForCausalLM";

    /// <inheritdoc/>
    public override string ModelType => "qwen3";

    internal override IReadOnlyList<WeightSpec> Weights => Own;

    internal override IReadOnlyList<AttentionBias> Biases => [AttentionBias.None, AttentionBias.QueryKeyValueOutput];

    internal override (int Bos, int Eos)? DefaultTokens => null;

    internal override int? DefaultHeadSize => 128;

    internal override LlamaConfig Read(ConfigFields fields, LlamaConfig common) =>
        WindowFields.ReadSwitched(fields, common) with { AttentionBias = BiasField.Read(fields) };

    internal override void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config)
    {
        BiasField.Write(fields, config);
        WindowFields.WriteSwitched(fields, config);
    }
}
