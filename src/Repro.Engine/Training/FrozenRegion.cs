using Repro.Engine.Models;
using Repro.Engine.Regions;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>
/// Holds a region at the values it has now: after every optimizer step they are written back over the weights (Section 3.2). Moments and float32
/// masters are left alone, and clipping sees the region's gradients, as in the released code.
/// </summary>
public sealed class FrozenRegion : IDisposable
{
    private readonly List<(Tensor Weight, Tensor Where, Tensor Values)> held = [];

    /// <summary>Remembers the region's present values.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="region">The region.</param>
    /// <exception cref="Files.InputException">The region is another model's.</exception>
    public FrozenRegion(ParameterSet parameters, Region region)
    {
        RegionFit.Check(region, parameters);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach ((string name, RegionPart part) in region.Parts.Where(p => p.Value.Mask.Count > 0))
        {
            Tensor weight = parameters[name];
            Tensor where = Indices(part, weight.device);
            held.Add((weight, where.DetachFromDisposeScope(), weight.detach().view(-1).index_select(0, where).DetachFromDisposeScope()));
        }
    }

    /// <summary>Writes the values back.</summary>
    public void Restore()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach ((Tensor weight, Tensor where, Tensor values) in held)
            weight.detach().view(-1).index_copy_(0, where, values);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, Tensor where, Tensor values) in held)
        {
            where.Dispose();
            values.Dispose();
        }
    }

    /// <summary>The members of a part as row-major indices.</summary>
    internal static Tensor Indices(RegionPart part, Device device) => tensor(part.Mask.Members().ToArray(), ScalarType.Int64).to(device);
}
