// B batch · T tokens · V vocabulary
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Repro.Engine.Models;

/// <summary>Negative log-likelihood of tokens, in nats and float32; float64 for a float64 model.</summary>
public static class TokenLoss
{
    private const long Ignored = -100;

    /// <summary>The loss of each position.</summary>
    /// <param name="logits_BTV">Scores of the next token.</param>
    /// <param name="targets_BT">The next token, or −100 where padded.</param>
    /// <returns>[B, T], 0 where padded.</returns>
    public static Tensor PerToken(Tensor logits_BTV, Tensor targets_BT) =>
        Flat(logits_BTV, targets_BT, Reduction.None).view(targets_BT.shape);

    /// <summary>The mean loss over predicted tokens (Eq. 1, per token), a scalar.</summary>
    /// <inheritdoc cref="PerToken"/>
    public static Tensor Mean(Tensor logits_BTV, Tensor targets_BT) => Flat(logits_BTV, targets_BT, Reduction.Mean);

    private static Tensor Flat(Tensor logits_BTV, Tensor targets_BT, Reduction reduction)
    {
        ScalarType wide = logits_BTV.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        return functional.cross_entropy(logits_BTV.flatten(0, 1).to(wide), targets_BT.flatten(), ignore_index: Ignored, reduction: reduction);
    }
}
