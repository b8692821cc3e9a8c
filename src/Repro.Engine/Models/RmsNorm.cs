using Repro.Engine.Native;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Root mean square normalisation (Zhang and Sennrich, 2019).</summary>
public static class RmsNorm
{
    /// <summary>Divides each vector by the root of its mean square and scales its dimensions.</summary>
    /// <param name="hidden_BTD">The vectors, along the last dimension.</param>
    /// <param name="weight_D">One factor per dimension; where its type is wider than the input's, the product is rounded and not its factors.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <returns>[B, T, D] in the input's type; the mean square is taken in float32, as LLaMA does, or float64 for a float64 input.</returns>
    public static Tensor Apply(Tensor hidden_BTD, Tensor weight_D, double epsilon)
    {
        Tensor wide_BTD = hidden_BTD.to(hidden_BTD.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
        Tensor scale_BT1 = rsqrt(wide_BTD.Squared().mean([-1L], keepdim: true).Plus(epsilon));
        return Projection.Scale((wide_BTD * scale_BT1).to(weight_D.dtype), weight_D).to(hidden_BTD.dtype);
    }
}
