// B batch · K key-value heads · T tokens · S head size
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Keys and values of the tokens that a model has read, so that each further token goes through it alone.</summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly Dictionary<int, (Tensor Key_BKTS, Tensor Value_BKTS)> layers = [];

    /// <summary>Tokens that a block has read.</summary>
    /// <param name="layer">Its index from 0.</param>
    public long TokensOf(int layer) => layers.TryGetValue(layer, out (Tensor Key_BKTS, Tensor Value_BKTS) known) ? known.Key_BKTS.shape[2] : 0;

    /// <summary>Adds what a block makes of further tokens.</summary>
    /// <param name="layer">Its index from 0.</param>
    /// <param name="key_BKTS">Their keys.</param>
    /// <param name="value_BKTS">Their values.</param>
    /// <returns>Keys and values of all tokens so far; they are the cache's.</returns>
    internal (Tensor Key_BKTS, Tensor Value_BKTS) Append(int layer, Tensor key_BKTS, Tensor value_BKTS)
    {
        if (layers.TryGetValue(layer, out (Tensor Key_BKTS, Tensor Value_BKTS) known))
        {
            (key_BKTS, value_BKTS) = (cat([known.Key_BKTS, key_BKTS], dim: 2), cat([known.Value_BKTS, value_BKTS], dim: 2));
            known.Key_BKTS.Dispose();
            known.Value_BKTS.Dispose();
        }

        return layers[layer] = (key_BKTS.DetachFromDisposeScope(), value_BKTS.DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((Tensor key_BKTS, Tensor value_BKTS) in layers.Values)
        {
            key_BKTS.Dispose();
            value_BKTS.Dispose();
        }

        layers.Clear();
    }
}
