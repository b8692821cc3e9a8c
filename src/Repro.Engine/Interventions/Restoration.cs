using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>Remembers the values it overwrites and puts them back.</summary>
internal sealed class Restoration : IDisposable
{
    private readonly Stack<(Tensor Weight, Tensor Indices, Tensor Values)> saved = new();

    /// <summary>Overwrites elements of a weight with one value.</summary>
    /// <param name="weight">A contiguous weight.</param>
    /// <param name="indices">Row-major indices of the elements.</param>
    /// <param name="edit">The new values, from the old ones.</param>
    public void Overwrite(Tensor weight, long[] indices, Func<Tensor, Tensor> edit)
    {
        if (indices.Length == 0)
            return;

        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor flat = weight.detach().view(-1);
        Tensor where = tensor(indices, ScalarType.Int64).to(weight.device);
        Tensor old = flat.index_select(0, where);
        saved.Push((weight, where.DetachFromDisposeScope(), old.DetachFromDisposeScope()));
        flat.index_copy_(0, where, edit(old).to(weight.dtype));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using IDisposable noGradient = no_grad();
        while (saved.TryPop(out (Tensor Weight, Tensor Indices, Tensor Values) entry))
        {
            using DisposeScope scope = NewDisposeScope();
            entry.Weight.detach().view(-1).index_copy_(0, entry.Indices, entry.Values);
            entry.Indices.Dispose();
            entry.Values.Dispose();
        }
    }

    /// <summary>Runs edits and gives their restoration; when one throws, those before it are undone.</summary>
    public static Restoration Of(Action<Restoration> edits)
    {
        Restoration restoration = new();
        try
        {
            edits(restoration);
            return restoration;
        }
        catch
        {
            restoration.Dispose();
            throw;
        }
    }
}
