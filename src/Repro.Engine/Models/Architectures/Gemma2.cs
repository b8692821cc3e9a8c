using System.Text.Json.Nodes;
using Repro.Engine.Files;
using static Repro.Engine.Models.WeightRole;
using static TorchSharp.torch;

namespace Repro.Engine.Models.Architectures;

/// <summary>
/// Gemma-2: norms before and behind attention and feed-forward layer, a gate of GELU, soft caps on the scores of attention and of the next token, and an
/// embedding that is multiplied by the root of its width.
/// </summary>
/// <remarks>
/// Its files hold a norm's factor less 1. In memory the factor is in float32 at least, where it is the 1 + w that Hugging Face's class computes, so that no
/// result depends on the type of the files, and what is saved loads as the same.
/// </remarks>
public sealed record Gemma2 : Architecture
{
    private const string QueryScalar = "query_pre_attn_scalar";
    private const string AttentionCap = "attn_logit_softcapping";
    private const string FinalCap = "final_logit_softcapping";
    private const string TwoWays = "use_bidirectional_attention";

    private static readonly IReadOnlyList<WeightSpec> Own = DecoderWeights.WithNorms(
        [],
        (InputNorm, "input_layernorm"),
        (AttentionOutputNorm, "post_attention_layernorm"),
        (FeedForwardNorm, "pre_feedforward_layernorm"),
        (FeedForwardOutputNorm, "post_feedforward_layernorm"));

    /// <inheritdoc/>
    public override string HuggingFaceClass => "Gemma2ForCausalLM";

    /// <inheritdoc/>
    public override string ModelType => "gemma2";

    internal override IReadOnlyList<WeightSpec> Weights => Own;

    internal override IReadOnlyList<AttentionBias> Biases => [AttentionBias.None, AttentionBias.QueryKeyValueOutput];

    internal override (int Bos, int Eos)? DefaultTokens => (2, 1);

    internal override int? DefaultHeadSize => 256;

    internal override bool DefaultTied => true;

    internal override GateActivation Activation => GateActivation.GeluTanh;

    internal override string ActivationField => "hidden_activation";

    internal override double StoredShift(WeightRole role) => role.IsNorm() ? 1 : 0;

    internal override ScalarType HeldType(WeightRole role, ScalarType type) => role.IsNorm() && type != ScalarType.Float64 ? ScalarType.Float32 : type;

    internal override double EmbeddingFactor(LlamaConfig config) => Math.Sqrt(config.HiddenSize);

    // Every second layer has the window; it bounds the positions whichever they are.
    internal override LlamaConfig Read(ConfigFields fields, LlamaConfig common)
    {
        if (fields.Flag(TwoWays))
            throw new InputException($"{fields.Path} asks for attention to later tokens ({TwoWays}), which is not supported; use a checkpoint that predicts the next token.");
        return WindowFields.Read(fields, common) with
        {
            AttentionBias = BiasField.Read(fields),
            QueryScalar = fields.Positive(QueryScalar, 256),
            AttentionSoftCap = Cap(fields, AttentionCap, 50),
            FinalSoftCap = Cap(fields, FinalCap, 30),
        };
    }

    internal override void Write(IDictionary<string, JsonNode?> fields, LlamaConfig config)
    {
        BiasField.Write(fields, config);
        WindowFields.Write(fields, config);
        fields[ActivationField] = Activation.HuggingFaceName;
        fields[QueryScalar] = config.QueryScalar;
        fields[AttentionCap] = config.AttentionSoftCap;
        fields[FinalCap] = config.FinalSoftCap;
    }

    private static double? Cap(ConfigFields fields, string name, double fallback) =>
        fields.Has(name) && fields.Optional(name) is null ? null : fields.Positive(name, fallback);
}
