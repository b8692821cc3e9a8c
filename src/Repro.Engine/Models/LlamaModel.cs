// B batch · T tokens · D width · V vocabulary · H heads · K key-value heads · S head size · F feed-forward width
using Repro.Engine.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>
/// The LLaMA decoder: token embedding, blocks of attention and feed-forward in a residual stream, final norm, output head.
/// </summary>
/// <remarks>Source: Touvron et al., 2023; parameter names as in Hugging Face's <c>LlamaForCausalLM</c>.</remarks>
public sealed class LlamaModel : IDisposable
{
    private readonly RotaryEmbedding rotary;

    /// <summary>Creates a model whose weights are zero, to be loaded or initialised.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weightType">Type of its weights.</param>
    /// <param name="device">Where its weights are.</param>
    public LlamaModel(LlamaConfig config, ScalarType weightType, Device device)
    {
        LibTorch.EnsureLoaded();
        Config = config;
        Parameters = ParameterSet.Zeros(config, weightType, device);
        rotary = new RotaryEmbedding(config, device, weightType);
        Blocks = [.. Enumerable.Range(0, config.LayerCount).Select(layer => new LlamaBlock(config, Parameters.OfLayer(layer)))];
    }

    /// <summary>The shape.</summary>
    public LlamaConfig Config { get; }

    /// <summary>The weights by name.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The blocks, first to last.</summary>
    public IReadOnlyList<LlamaBlock> Blocks { get; }

    /// <summary>Where the weights are.</summary>
    public Device Device => Parameters["model.norm.weight"].device;

    private Parameter OutputHead_VD => Config.TieWordEmbeddings ? Parameters["model.embed_tokens.weight"] : Parameters["lm_head.weight"];

    /// <summary>Next-token scores.</summary>
    /// <param name="tokens_BT">Token ids, int64, padded on the right.</param>
    /// <returns>Logits [B, T, V] in the weights' type.</returns>
    public Tensor Forward(Tensor tokens_BT)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor hidden_BTD = Embed(tokens_BT);
        RotaryAngles angles = Angles(tokens_BT.shape[1]);
        foreach (LlamaBlock block in Blocks)
            hidden_BTD = block.Forward(hidden_BTD, angles);
        return Logits(hidden_BTD).MoveToOuterDisposeScope();
    }

    /// <summary>The residual stream before the first block, [B, T, D].</summary>
    public Tensor Embed(Tensor tokens_BT) =>
        Parameters["model.embed_tokens.weight"].index_select(0, tokens_BT.flatten()).view(tokens_BT.shape[0], tokens_BT.shape[1], Config.HiddenSize);

    /// <summary>The rotary angles of the first <paramref name="length"/> positions.</summary>
    public RotaryAngles Angles(long length) => rotary.First(length);

    /// <summary>Final norm and output head: [B, T, D] to [B, T, V].</summary>
    public Tensor Logits(Tensor hidden_BTD)
    {
        Tensor normed_BTD = RmsNorm.Apply(hidden_BTD, Parameters["model.norm.weight"], Config.RmsNormEpsilon);
        return nn.functional.linear(normed_BTD, OutputHead_VD);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rotary.Dispose();
        Parameters.Dispose();
    }
}
