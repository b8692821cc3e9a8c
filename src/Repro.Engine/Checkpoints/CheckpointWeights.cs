using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>The weights of a model in its checkpoint's files.</summary>
/// <param name="files">The files, which are disposed with it.</param>
/// <param name="layout">How the weights lie there.</param>
internal sealed class CheckpointWeights(WeightFiles files, StoredLayout layout) : IWeightSource
{
    /// <inheritdoc/>
    public Tensor Read(string name) => layout.Read(files, name);

    /// <inheritdoc/>
    public void Dispose() => files.Dispose();
}
