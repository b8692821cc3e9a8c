using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Interventions;

/// <summary>
/// Multiplies one weight of a block's input norm and divides the columns that read it by the same factor. The network computes what it computed
/// before, to the last bit for a power of two, but the norm's weight has become one that must not be touched: a planted critical weight.
/// </summary>
/// <param name="Layer">The block.</param>
/// <param name="Dimension">The dimension of the residual stream.</param>
/// <param name="Factor">The factor; not 0.</param>
public sealed record RescaleDimension(int Layer, long Dimension, double Factor) : Intervention
{
    /// <inheritdoc/>
    /// <exception cref="InputException">The model has no such block or dimension.</exception>
    public override IDisposable Apply(LlamaModel model)
    {
        string prefix = ParameterSet.Prefix(Layer);
        if (Layer < 0 || Layer >= model.Config.LayerCount || Dimension < 0 || Dimension >= model.Config.HiddenSize || Factor == 0)
            throw new InputException($"There is no dimension {Dimension} in block {Layer} to rescale by {Factor}.");
        return Restoration.Of(restoration =>
        {
            restoration.Overwrite(model, prefix + "input_layernorm.weight", () => [Dimension], old => old * Factor);
            foreach (string name in new[] { "q_proj", "k_proj", "v_proj" })
            {
                string weight = $"{prefix}self_attn.{name}.weight";
                long[] shape = ParameterSet.ShapeOf(model.Config, weight)!;
                restoration.Overwrite(model, weight, () => [.. Enumerable.Range(0, (int)shape[0]).Select(r => (r * shape[1]) + Dimension)], old => old / Factor);
            }
        });
    }
}
