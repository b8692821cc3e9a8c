using System.Text.Json.Nodes;

namespace Repro.Engine.Models.Architectures;

/// <summary>Mistral: as LLaMA, with attention that may slide over a window.</summary>
public sealed record Mistral : Architecture
{
    /// <inheritdoc/>
    public override string HuggingFaceClass => "MistralForCausalLM";

    /// <inheritdoc/>
    public override string ModelType => "mistral";

    internal override IReadOnlyList<WeightSpec> Weights => DecoderWeights.All;

    internal override IReadOnlyList<AttentionBias> Biases => [AttentionBias.None];

    internal override LlamaConfig Read(ConfigFields fields, LlamaConfig common) => WindowFields.Read(fields, common);

    internal override void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config) => WindowFields.Write(fields, config);
}
