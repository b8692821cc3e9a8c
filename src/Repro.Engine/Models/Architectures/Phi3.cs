using System.Text.Json.Nodes;
using static Repro.Engine.Models.WeightRole;

namespace Repro.Engine.Models.Architectures;

/// <summary>Phi-3 and what shares its layout (Phi-3.5 mini, Phi-4): as Mistral, stored with queries, keys and values in one tensor, and gate and up in another.</summary>
public sealed record Phi3 : Architecture
{
    private static readonly IReadOnlyList<FusedSpec> Tensors =
        [new(DecoderWeights.Block + "self_attn.qkv_proj.weight", Query, Key, Value), new(DecoderWeights.Block + "mlp.gate_up_proj.weight", Gate, Up)];

    /// <inheritdoc/>
    public override string HuggingFaceClass => "Phi3ForCausalLM";

    /// <inheritdoc/>
    public override string ModelType => "phi3";

    internal override IReadOnlyList<WeightSpec> Weights => DecoderWeights.All;

    internal override IReadOnlyList<FusedSpec> Fused => Tensors;

    internal override IReadOnlyList<AttentionBias> Biases => [AttentionBias.None];

    internal override (int Bos, int Eos)? DefaultTokens => (1, 32_000);

    internal override int? DefaultKeyValueHeads(int heads) => heads;

    internal override LlamaConfig Read(ConfigFields fields, LlamaConfig common) => WindowFields.ReadStated(fields, common);

    internal override void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config) => WindowFields.Write(fields, config);
}
