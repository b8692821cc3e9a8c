// B batch · T tokens · D width · H heads · K key-value heads · S head size · F feed-forward width
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Repro.Engine.Models;

/// <summary>One decoder block: attention, then a SwiGLU feed-forward layer, each behind an RMSNorm and added to the residual stream.</summary>
public sealed class LlamaBlock
{
    private readonly LlamaConfig config;
    private readonly Tensor inputNorm_D;
    private readonly Tensor query_HS_D;
    private readonly Tensor? queryBias_HS;
    private readonly Tensor key_KS_D;
    private readonly Tensor? keyBias_KS;
    private readonly Tensor value_KS_D;
    private readonly Tensor? valueBias_KS;
    private readonly Tensor output_D_HS;
    private readonly Tensor? outputBias_D;
    private readonly Tensor feedForwardNorm_D;
    private readonly Tensor gate_FD;
    private readonly Tensor up_FD;
    private readonly Tensor down_DF;

    internal LlamaBlock(LlamaConfig config, IReadOnlyDictionary<string, Tensor> parameters)
    {
        this.config = config;
        inputNorm_D = parameters["input_layernorm.weight"];
        query_HS_D = parameters["self_attn.q_proj.weight"];
        queryBias_HS = parameters.GetValueOrDefault("self_attn.q_proj.bias");
        key_KS_D = parameters["self_attn.k_proj.weight"];
        keyBias_KS = parameters.GetValueOrDefault("self_attn.k_proj.bias");
        value_KS_D = parameters["self_attn.v_proj.weight"];
        valueBias_KS = parameters.GetValueOrDefault("self_attn.v_proj.bias");
        output_D_HS = parameters["self_attn.o_proj.weight"];
        outputBias_D = parameters.GetValueOrDefault("self_attn.o_proj.bias");
        feedForwardNorm_D = parameters["post_attention_layernorm.weight"];
        gate_FD = parameters["mlp.gate_proj.weight"];
        up_FD = parameters["mlp.up_proj.weight"];
        down_DF = parameters["mlp.down_proj.weight"];
    }

    /// <summary>Adds this block's attention and feed-forward output to the residual stream.</summary>
    /// <param name="hidden_BTD">The residual stream.</param>
    /// <param name="angles">Rotary angles of the T positions.</param>
    /// <returns>The residual stream after the block, [B, T, D].</returns>
    public Tensor Forward(Tensor hidden_BTD, RotaryAngles angles)
    {
        Tensor attended_BTD = hidden_BTD + Attention(RmsNorm.Apply(hidden_BTD, inputNorm_D, config.RmsNormEpsilon), angles);
        return attended_BTD + FeedForward(RmsNorm.Apply(attended_BTD, feedForwardNorm_D, config.RmsNormEpsilon));
    }

    private Tensor Attention(Tensor normed_BTD, RotaryAngles angles)
    {
        Tensor query_BHTS = RotaryEmbedding.Rotate(Heads(Projection.Apply(normed_BTD, query_HS_D, queryBias_HS), config.HeadCount), angles);
        Tensor key_BKTS = RotaryEmbedding.Rotate(Heads(Projection.Apply(normed_BTD, key_KS_D, keyBias_KS), config.KeyValueHeadCount), angles);
        Tensor value_BKTS = Heads(Projection.Apply(normed_BTD, value_KS_D, valueBias_KS), config.KeyValueHeadCount);

        Tensor mixed_BHTS = Mix(query_BHTS, PerQueryHead(key_BKTS), PerQueryHead(value_BKTS));
        return Projection.Apply(mixed_BHTS.transpose(1, 2).flatten(2), output_D_HS, outputBias_D);
    }

    // Padding is on the right, so the causal mask already hides it from every real token.
    private static Tensor Mix(Tensor query_BHTS, Tensor key_BHTS, Tensor value_BHTS)
    {
        // On the CPU libtorch's backward pass through bfloat16 attention takes five times as long as through float32.
        ScalarType type = query_BHTS.dtype;
        ScalarType inner = type != ScalarType.Float64 && query_BHTS.device.type == DeviceType.CPU ? ScalarType.Float32 : type;
        return scaled_dot_product_attention(query_BHTS.to(inner), key_BHTS.to(inner), value_BHTS.to(inner), is_casual: true).to(type);
    }

    private Tensor FeedForward(Tensor normed_BTD) =>
        Projection.Apply(silu(Projection.Apply(normed_BTD, gate_FD)) * Projection.Apply(normed_BTD, up_FD), down_DF);

    private Tensor Heads(Tensor projected_BTX, int heads) =>
        projected_BTX.view(projected_BTX.shape[0], projected_BTX.shape[1], heads, config.HeadSize).transpose(1, 2);

    private Tensor PerQueryHead(Tensor heads_BKTS) =>
        config.HeadCount == config.KeyValueHeadCount
            ? heads_BKTS
            : heads_BKTS.repeat_interleave(config.HeadCount / config.KeyValueHeadCount, dim: 1);
}
