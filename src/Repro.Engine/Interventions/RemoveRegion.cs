using Repro.Engine.Models;
using Repro.Engine.Regions;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>Sets every weight of a region to zero (Section 3.2).</summary>
/// <param name="Region">The region.</param>
public sealed record RemoveRegion(Region Region) : Intervention
{
    /// <inheritdoc/>
    /// <exception cref="Storage.InputException">The region covers a tensor the model does not have in that shape.</exception>
    public override IDisposable Apply(LlamaModel model)
    {
        RegionFit.Check(Region, model.Config);
        return Restoration.Of(restoration =>
        {
            foreach ((string name, RegionPart part) in Region.Parts.Where(p => p.Value.Mask.Count > 0))
                restoration.Overwrite(model, name, () => [.. part.Mask.Members()], old => zeros_like(old));
        });
    }
}
