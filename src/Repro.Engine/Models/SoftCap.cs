using Repro.Engine.Native;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Keeps scores between −cap and cap: cap · tanh(score / cap) (Gemma-2).</summary>
internal static class SoftCap
{
    /// <summary>The capped scores.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="cap">The cap; null leaves them as they are.</param>
    public static Tensor Apply(Tensor scores, double? cap) => cap is { } most ? scores.Over(most).tanh().Times(most) : scores;

    /// <summary>The gradient for the scores: the one for the capped scores times 1 − (capped / cap)².</summary>
    /// <param name="gradient">The gradient for the capped scores.</param>
    /// <param name="capped">The capped scores.</param>
    /// <param name="cap">The cap; null leaves the gradient as it is.</param>
    public static Tensor Backward(Tensor gradient, Tensor capped, double? cap) =>
        cap is { } most ? gradient * capped.to(gradient.dtype).Over(most).Squared().Times(-1).Plus(1) : gradient;
}
