// B batch · T tokens · D width · H heads · K key-value heads · S head size · F feed-forward width
using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Repro.Engine.Models;

/// <summary>One decoder block: attention, then a gated feed-forward layer, each added to the residual stream, with an RMSNorm before it, behind it or both.</summary>
public sealed class LlamaBlock
{
    private readonly LlamaConfig config;
    private readonly bool rotates;
    private readonly Tensor? inputNorm_D;
    private readonly Tensor query_HS_D;
    private readonly Tensor? queryBias_HS;
    private readonly Tensor key_KS_D;
    private readonly Tensor? keyBias_KS;
    private readonly Tensor value_KS_D;
    private readonly Tensor? valueBias_KS;
    private readonly Tensor? queryNorm;
    private readonly Tensor? keyNorm;
    private readonly Tensor output_D_HS;
    private readonly Tensor? outputBias_D;
    private readonly Tensor? attentionOutputNorm_D;
    private readonly Tensor? feedForwardNorm_D;
    private readonly Tensor gate_FD;
    private readonly Tensor up_FD;
    private readonly Tensor down_DF;
    private readonly Tensor? feedForwardOutputNorm_D;

    internal LlamaBlock(LlamaConfig config, int layer, IReadOnlyDictionary<WeightRole, Tensor> weights)
    {
        this.config = config;
        rotates = !config.UnrotatedLayers.Contains(layer);
        inputNorm_D = weights.GetValueOrDefault(WeightRole.InputNorm);
        query_HS_D = weights[WeightRole.Query];
        queryBias_HS = weights.GetValueOrDefault(WeightRole.QueryBias);
        key_KS_D = weights[WeightRole.Key];
        keyBias_KS = weights.GetValueOrDefault(WeightRole.KeyBias);
        value_KS_D = weights[WeightRole.Value];
        valueBias_KS = weights.GetValueOrDefault(WeightRole.ValueBias);
        queryNorm = weights.GetValueOrDefault(WeightRole.QueryNorm);
        keyNorm = weights.GetValueOrDefault(WeightRole.KeyNorm);
        output_D_HS = weights[WeightRole.AttentionOutput];
        outputBias_D = weights.GetValueOrDefault(WeightRole.AttentionOutputBias);
        attentionOutputNorm_D = weights.GetValueOrDefault(WeightRole.AttentionOutputNorm);
        feedForwardNorm_D = weights.GetValueOrDefault(WeightRole.FeedForwardNorm);
        gate_FD = weights[WeightRole.Gate];
        up_FD = weights[WeightRole.Up];
        down_DF = weights[WeightRole.Down];
        feedForwardOutputNorm_D = weights.GetValueOrDefault(WeightRole.FeedForwardOutputNorm);
    }

    /// <summary>Adds this block's attention and feed-forward output to the residual stream.</summary>
    /// <param name="hidden_BTD">The residual stream.</param>
    /// <param name="angles">Rotary angles of the T positions.</param>
    /// <param name="attendedTo">Makes of the tokens' keys and values those that they attend to; null attends to them alone.</param>
    /// <returns>The residual stream after the block, [B, T, D].</returns>
    public Tensor Forward(Tensor hidden_BTD, RotaryAngles angles, Func<Tensor, Tensor, (Tensor Key_BKTS, Tensor Value_BKTS)>? attendedTo = null)
    {
        Tensor attended_BTD = hidden_BTD.Plus(Normed(Attention(Normed(hidden_BTD, inputNorm_D), angles, attendedTo), attentionOutputNorm_D));
        return attended_BTD.Plus(Normed(FeedForward(Normed(attended_BTD, feedForwardNorm_D)), feedForwardOutputNorm_D));
    }

    private Tensor Attention(Tensor normed_BTD, RotaryAngles angles, Func<Tensor, Tensor, (Tensor Key_BKTS, Tensor Value_BKTS)>? attendedTo)
    {
        Tensor query_BHTS = Rotated(NormedHeads(Projection.Apply(normed_BTD, query_HS_D, queryBias_HS), config.HeadCount, queryNorm), angles);
        Tensor key_BKTS = Rotated(NormedHeads(Projection.Apply(normed_BTD, key_KS_D, keyBias_KS), config.KeyValueHeadCount, keyNorm), angles);
        Tensor value_BKTS = Heads(Projection.Apply(normed_BTD, value_KS_D, valueBias_KS), config.KeyValueHeadCount);
        if (attendedTo is not null)
            (key_BKTS, value_BKTS) = attendedTo(key_BKTS, value_BKTS);

        Tensor mixed_BHTS = Mix(query_BHTS, PerQueryHead(key_BKTS), PerQueryHead(value_BKTS));
        return Projection.Apply(mixed_BHTS.transpose(1, 2).flatten(2), output_D_HS, outputBias_D);
    }

    // Padding is on the right, so the causal mask already hides it from every real token. One token attends to all before it.
    private Tensor Mix(Tensor query_BHTS, Tensor key_BHTS, Tensor value_BHTS)
    {
        // On the CPU libtorch's backward pass through bfloat16 attention takes five times as long as through float32.
        ScalarType type = query_BHTS.dtype;
        ScalarType inner = type != ScalarType.Float64 && (query_BHTS.device.type == DeviceType.CPU || config.QueryScalar is not null) ? ScalarType.Float32 : type;
        (query_BHTS, key_BHTS, value_BHTS) = (query_BHTS.to(inner), key_BHTS.to(inner), value_BHTS.to(inner));
        Tensor mixed_BHTS = config.QueryScalar is { } scalar
            ? CappedAttention.Mix(query_BHTS, key_BHTS, value_BHTS, scalar, config.AttentionSoftCap)
            : scaled_dot_product_attention(query_BHTS, key_BHTS, value_BHTS, is_casual: query_BHTS.shape[2] > 1);
        return mixed_BHTS.to(type);
    }

    private Tensor FeedForward(Tensor normed_BTD) =>
        Projection.Apply(config.Architecture.Activation.Apply(Projection.Apply(normed_BTD, gate_FD)) * Projection.Apply(normed_BTD, up_FD), down_DF);

    private Tensor Heads(Tensor projected_BTX, int heads) =>
        projected_BTX.view(projected_BTX.shape[0], projected_BTX.shape[1], heads, config.HeadSize).transpose(1, 2);

    // A norm as wide as a head is one of each head, a wider one is one of them all.
    private Tensor NormedHeads(Tensor projected_BTX, int heads, Tensor? weight) => weight is null || weight.shape[^1] == config.HeadSize
        ? Normed(Heads(projected_BTX, heads), weight)
        : Heads(Normed(projected_BTX, weight), heads);

    private Tensor Normed(Tensor vectors, Tensor? weight) => weight is null ? vectors : RmsNorm.Apply(vectors, weight, config.RmsNormEpsilon);

    private Tensor Rotated(Tensor heads_BHTS, RotaryAngles angles) => rotates ? RotaryEmbedding.Rotate(heads_BHTS, angles) : heads_BHTS;

    private Tensor PerQueryHead(Tensor heads_BKTS) =>
        config.HeadCount == config.KeyValueHeadCount
            ? heads_BKTS
            : heads_BKTS.repeat_interleave(config.HeadCount / config.KeyValueHeadCount, dim: 1);
}
