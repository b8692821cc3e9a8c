using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>How far a run has come: what a snapshot holds.</summary>
internal sealed class TrainingState : IDisposable
{
    /// <summary>Begins a run.</summary>
    /// <param name="weights">Its weights, contiguous; they move.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="precision">The type that a weight's values are rounded to, where they are held in a wider one.</param>
    public TrainingState(IReadOnlyDictionary<string, Tensor> weights, TrainingSettings settings, Func<string, ScalarType>? precision = null)
    {
        Weights = weights;
        Settings = settings;
        LastStep = settings.Steps;
        Optimizer = new AdamW(weights, settings, precision);
    }

    /// <summary>The weights by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights { get; }

    /// <summary>The settings.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>The last step that is taken; the learning rates are those of the whole schedule.</summary>
    /// <value>The schedule's last.</value>
    public int LastStep { get; set; }

    /// <summary>The optimizer.</summary>
    public AdamW Optimizer { get; }

    /// <summary>Loss of every step taken, nats per token.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>Tokens predicted in all steps taken.</summary>
    public long TokensSeen { get; set; }

    /// <summary>Frees the optimizer; the weights are the caller's.</summary>
    public void Dispose() => Optimizer.Dispose();
}
