using System.Text.Json.Nodes;

namespace Repro.Engine.Models.Architectures;

/// <summary>LLaMA 1 to 3, and what shares their layout (OpenLLaMA, TinyLlama, SmolLM2).</summary>
public sealed record Llama : Architecture
{
    /// <inheritdoc/>
    public override string HuggingFaceClass => "LlamaForCausalLM";

    /// <inheritdoc/>
    public override string ModelType => "llama";

    // The first conversions of LLaMA-1.
    internal override string? OldClass => "LLaMAForCausalLM";

    internal override IReadOnlyList<WeightSpec> Weights => DecoderWeights.All;

    internal override IReadOnlyList<AttentionBias> Biases => [AttentionBias.None, AttentionBias.QueryKeyValueOutput];

    internal override int? DefaultKeyValueHeads(int heads) => heads;

    internal override LlamaConfig Read(ConfigFields fields, LlamaConfig common)
    {
        BiasField.RefuseFeedForward(fields);
        return common with { AttentionBias = BiasField.Read(fields) };
    }

    internal override void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config)
    {
        BiasField.Write(fields, config);
        BiasField.WriteFeedForward(fields);
    }
}
