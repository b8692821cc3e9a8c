using Repro.Engine.Models;
using Repro.Engine.Regions;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>Sets every weight of a region to zero (Section 3.2).</summary>
/// <param name="Region">The region.</param>
public sealed record RemoveRegion(Region Region) : Intervention
{
    /// <summary>Sets the region's weights to zero and remembers nothing.</summary>
    /// <param name="parameters">Resident weights.</param>
    /// <exception cref="Files.InputException">The region covers a tensor the model does not have in that shape.</exception>
    public void ApplyForGood(ParameterSet parameters)
    {
        RegionFit.Check(Region, parameters);
        foreach ((string name, RegionPart part) in Region.Parts.Where(p => p.Value.Mask.Count > 0))
            new WeightEdit(() => [.. part.Mask.Members()], old => zeros_like(old)).Apply(parameters[name]).Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="Files.InputException">The region covers a tensor the model does not have in that shape.</exception>
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
