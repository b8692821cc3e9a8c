using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>One block with its weights at hand; weights that were brought for it are given up when the lease ends.</summary>
public sealed class BlockLease : IDisposable
{
    private readonly RotaryEmbedding rotary;
    private readonly Device device;
    private readonly bool isOwner;

    internal BlockLease(LlamaBlock block, int layer, IReadOnlyDictionary<string, Tensor> weights, RotaryEmbedding rotary, Device device, bool isOwner)
    {
        Block = block;
        Layer = layer;
        Weights = weights;
        this.rotary = rotary;
        this.device = device;
        this.isOwner = isOwner;
    }

    /// <summary>The block.</summary>
    public LlamaBlock Block { get; }

    /// <summary>Its index from 0.</summary>
    public int Layer { get; }

    /// <summary>Its weights by their names in the checkpoint, in the order of the network.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights { get; }

    /// <summary>The residual stream after the block, [B, T, D], on the block's device.</summary>
    /// <param name="hidden_BTD">The residual stream before it, on any device.</param>
    /// <param name="read">What was read before these tokens, to which they are added; null where they begin the text.</param>
    public Tensor Forward(Tensor hidden_BTD, KeyValueCache? read = null) =>
        Block.Forward(hidden_BTD.to(device), rotary.At(read?.TokensOf(Layer) ?? 0, hidden_BTD.shape[1]), read is null ? null : (key_BKTS, value_BKTS) => read.Append(Layer, key_BKTS, value_BKTS));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isOwner)
            return;
        foreach (Tensor weight in Weights.Values)
            weight.Dispose();
    }
}
