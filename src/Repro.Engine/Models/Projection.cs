// R runs · B batch · T tokens · X input width · Y output width
using Repro.Engine.Native;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>Products of the residual stream with a weight, or with one weight for each run of a stack.</summary>
internal static class Projection
{
    /// <summary>Multiplies every vector by a weight and adds its bias.</summary>
    /// <param name="input_BTX">The vectors; of a stack, [R · B, T, X], run by run.</param>
    /// <param name="weight">[Y, X], or [R, X, Y] of a stack, whose gradient then lies in the memory as the weight does.</param>
    /// <param name="bias">[Y], or [R, Y]; null adds nothing.</param>
    /// <returns>[B, T, Y], or [R · B, T, Y].</returns>
    public static Tensor Apply(Tensor input_BTX, Tensor weight, Tensor? bias = null)
    {
        ProjectionInputs.Tell(input_BTX, weight, bias);
        if (weight.dim() == 2)
            return nn.functional.linear(input_BTX, weight, bias);
        Tensor rows = Rows(input_BTX, weight.shape[0]);
        Tensor product = rows.bmm(weight);
        return (bias is null ? product : product.Plus(bias.unsqueeze(1))).view(input_BTX.shape[0], input_BTX.shape[1], weight.shape[2]);
    }

    /// <summary>Multiplies every vector element by element.</summary>
    /// <param name="input_BTX">The vectors; of a stack, [R · B, T, X].</param>
    /// <param name="weight">[X], or [R, X] of a stack.</param>
    /// <returns>[B, T, X], or [R · B, T, X].</returns>
    public static Tensor Scale(Tensor input_BTX, Tensor weight)
    {
        ProjectionInputs.Tell(input_BTX, weight);
        return weight.dim() == 1 ? weight * input_BTX : (weight.unsqueeze(1) * Rows(input_BTX, weight.shape[0])).view(input_BTX.shape);
    }

    private static Tensor Rows(Tensor input_BTX, long runs) => input_BTX.reshape(runs, -1, input_BTX.shape[^1]);
}
