using System.Text.Json.Nodes;

namespace Repro.Engine.Models.Architectures;

/// <summary>Qwen2 and Qwen2.5: as LLaMA, with biases on queries, keys and values.</summary>
public sealed record Qwen2 : Architecture
{
    /// <inheritdoc/>
    public override string HuggingFaceClass => "Qwen2ForCausalLM";

    /// <inheritdoc/>
    public override string ModelType => "qwen2";

    internal override IReadOnlyList<WeightSpec> Weights => DecoderWeights.All;

    internal override IReadOnlyList<AttentionBias> Biases => [AttentionBias.QueryKeyValue];

    internal override (int Bos, int Eos)? DefaultTokens => null;

    internal override LlamaConfig Read(ConfigFields fields, LlamaConfig common) =>
        WindowFields.ReadSwitched(fields, common) with { AttentionBias = AttentionBias.QueryKeyValue };

    internal override void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config) => WindowFields.WriteSwitched(fields, config);
}
