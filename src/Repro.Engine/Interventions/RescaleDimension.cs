using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Native;

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
        if (Layer < 0 || Layer >= model.Config.LayerCount || Dimension < 0 || Dimension >= model.Config.HiddenSize || Factor == 0)
            throw new InputException($"There is no dimension {Dimension} in block {Layer} to rescale by {Factor}.");
        return Restoration.Of(restoration =>
        {
            restoration.Overwrite(model, model.Layout.Name(WeightRole.InputNorm, Layer), () => [Dimension], old => old.Times(Factor));
            foreach (WeightRole reader in new[] { WeightRole.Query, WeightRole.Key, WeightRole.Value })
            {
                string weight = model.Layout.Name(reader, Layer);
                long[] shape = model.Layout.ShapeOf(weight)!;
                restoration.Overwrite(model, weight, () => [.. Enumerable.Range(0, (int)shape[0]).Select(r => (r * shape[1]) + Dimension)], old => old.Over(Factor));
            }
        });
    }
}
