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
        foreach ((string name, IEnumerable<long> members) in Members(region))
            Hold(parameters[name], Indices(members, parameters[name].device));
    }

    /// <summary>Remembers the present values of elements, given by their index in each weight's memory.</summary>
    internal FrozenRegion(IReadOnlyDictionary<string, Tensor> weights, IReadOnlyDictionary<string, Tensor> where)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor indices) in where)
            Hold(weights[name], indices);
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

    /// <summary>The members of each part that has some, as row-major indices.</summary>
    internal static IEnumerable<(string Name, IEnumerable<long> Members)> Members(Region region) =>
        region.Parts.Where(p => p.Value.Mask.Count > 0).Select(p => (p.Key, p.Value.Mask.Members()));

    /// <summary>Indices as a tensor.</summary>
    internal static Tensor Indices(IEnumerable<long> members, Device device) => tensor(members.ToArray(), ScalarType.Int64).to(device);

    private void Hold(Tensor weight, Tensor where)
    {
        using IDisposable noGradient = no_grad();
        held.Add((weight, where.DetachFromDisposeScope(), weight.detach().view(-1).index_select(0, where).DetachFromDisposeScope()));
    }
}
