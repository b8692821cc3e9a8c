// B batch · H heads · T tokens · K tokens that are attended to · S head size
using Repro.Engine.Native;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Causal attention whose scores have a scale and a soft cap of their own, which libtorch's operation does not take; its scores lie in the memory.</summary>
internal static class CappedAttention
{
    /// <summary>Mixes values by the softmax of the capped scores.</summary>
    /// <param name="query_BHTS">Queries, of all K tokens or of the last alone.</param>
    /// <param name="key_BHKS">Keys.</param>
    /// <param name="value_BHKS">Values.</param>
    /// <param name="scalar">Scores are divided by its root.</param>
    /// <param name="cap">The scores' soft cap, or null.</param>
    /// <returns>[B, H, T, S].</returns>
    public static Tensor Mix(Tensor query_BHTS, Tensor key_BHKS, Tensor value_BHKS, double scalar, double? cap)
    {
        Tensor scores_BHTK = SoftCap.Apply(query_BHTS.matmul(key_BHKS.transpose(2, 3)).Times(1 / Math.Sqrt(scalar)), cap);
        long tokens = query_BHTS.shape[2];
        if (tokens > 1)
            scores_BHTK = scores_BHTK.masked_fill(ones(tokens, tokens, ScalarType.Bool, scores_BHTK.device).triu(1), Scalars.Of(double.NegativeInfinity));
        return nn.functional.softmax(scores_BHTK, -1).matmul(value_BHKS);
    }
}
