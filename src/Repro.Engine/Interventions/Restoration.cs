using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Engine.Interventions;

/// <summary>Edits of a model's weights that are undone together, in reverse.</summary>
internal sealed class Restoration : IDisposable
{
    private readonly Stack<IDisposable> edits = new();

    /// <summary>Overwrites elements of a weight.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The weight.</param>
    /// <param name="indices">Gives the row-major indices of the elements.</param>
    /// <param name="values">The new values, from the old ones.</param>
    public void Overwrite(LlamaModel model, string name, Func<long[]> indices, Func<Tensor, Tensor> values) =>
        edits.Push(model.Overwrite(name, new WeightEdit(indices, values)));

    /// <inheritdoc/>
    public void Dispose()
    {
        while (edits.TryPop(out IDisposable? edit))
            edit.Dispose();
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
