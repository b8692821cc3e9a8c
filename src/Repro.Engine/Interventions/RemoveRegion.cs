using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Storage;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>Sets every weight of a region to zero (Section 3.2).</summary>
/// <param name="Region">The region.</param>
public sealed record RemoveRegion(Region Region) : Intervention
{
    /// <inheritdoc/>
    /// <exception cref="InputException">The region covers a tensor the model does not have in that shape.</exception>
    public override IDisposable Apply(LlamaModel model)
    {
        foreach ((string name, RegionPart part) in Region.Parts)
        {
            if (!model.Parameters.ContainsKey(name) || !model.Parameters[name].shape.SequenceEqual(part.Shape))
                throw new InputException($"The region covers '{name}' [{string.Join(", ", part.Shape)}], which this checkpoint does not have; select a region from this checkpoint.");
        }

        return Restoration.Of(restoration =>
        {
            foreach ((string name, RegionPart part) in Region.Parts)
                restoration.Overwrite(model.Parameters[name], [.. part.Mask.Members()], old => zeros_like(old));
        });
    }
}
