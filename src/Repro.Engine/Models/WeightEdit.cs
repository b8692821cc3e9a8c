using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>New values for some elements of a weight.</summary>
/// <param name="indices">Gives the row-major indices of the elements; asked for each time, since those of a large region are larger than the weights.</param>
/// <param name="values">The new values, from the old ones.</param>
internal sealed class WeightEdit(Func<long[]> indices, Func<Tensor, Tensor> values)
{
    /// <summary>Overwrites the elements.</summary>
    /// <param name="weight">A contiguous weight.</param>
    /// <returns>The values they had, on the weight's device; the caller disposes them.</returns>
    public Tensor Apply(Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor flat = weight.detach().view(-1);
        Tensor where = Where(weight.device);
        Tensor old = flat.index_select(0, where);
        flat.index_copy_(0, where, values(old).to(weight.dtype));
        return old.DetachFromDisposeScope();
    }

    /// <summary>Puts back what <see cref="Apply"/> gave.</summary>
    public void Restore(Tensor weight, Tensor old)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        weight.detach().view(-1).index_copy_(0, Where(weight.device), old);
    }

    private Tensor Where(Device device) => tensor(indices(), ScalarType.Int64).to(device);
}
