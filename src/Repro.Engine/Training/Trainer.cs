using Repro.Engine.Models;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>One training step as it is reported.</summary>
/// <param name="Step">Steps taken so far.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">Mean loss of the step's batch, nats per token.</param>
/// <param name="Tokens">Tokens predicted in this step.</param>
public readonly record struct TrainingProgress(int Step, int Steps, double Loss, int Tokens);

/// <summary>Trains a model by next-token prediction (Eq. 1).</summary>
public sealed class Trainer : IDisposable
{
    private readonly LlamaModel model;
    private readonly IReadOnlyList<int[]> windows;
    private readonly AdamW optimizer;

    /// <summary>Prepares a run.</summary>
    /// <param name="model">The model; its weights move.</param>
    /// <param name="windows">Token ids to train on, one array per window.</param>
    /// <param name="settings">The run's settings.</param>
    public Trainer(LlamaModel model, IReadOnlyList<int[]> windows, TrainingSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfZero(windows.Count, nameof(windows));
        this.model = model;
        this.windows = windows;
        Settings = settings;
        optimizer = new AdamW(model.Parameters, settings);
    }

    /// <summary>The run's settings.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>The optimizer, whose state a snapshot holds.</summary>
    public AdamW Optimizer => optimizer;

    /// <summary>A region that is held at its values after every step, or null.</summary>
    public FrozenRegion? Frozen { get; set; }

    /// <summary>Loss of every step taken, nats per token.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>Tokens predicted in all steps taken.</summary>
    public long TokensSeen { get; set; }

    /// <summary>Trains from the steps already taken to the last.</summary>
    /// <param name="afterStep">Called after every step, with the step just taken.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run(Action<TrainingProgress>? afterStep = null, CancellationToken cancellation = default)
    {
        IEnumerable<int[][]> batches = TrainingWindows.Batches(windows, Settings.BatchSize, Settings.Seed, optimizer.StepsTaken);
        foreach (int[][] batch in batches.Take(Settings.Steps - optimizer.StepsTaken))
        {
            cancellation.ThrowIfCancellationRequested();
            (double loss, int tokens) = Step(batch);
            Losses.Add(loss);
            TokensSeen += tokens;
            afterStep?.Invoke(new TrainingProgress(optimizer.StepsTaken, Settings.Steps, loss, tokens));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => optimizer.Dispose();

    private (double Loss, int Tokens) Step(int[][] documents)
    {
        using DisposeScope scope = NewDisposeScope();
        using TokenBatch batch = new(documents, model.Device);
        Tensor logits_BTV = model.Forward(batch.Inputs_BT);
        Tensor loss = TokenLoss.Mean(logits_BTV, batch.Targets_BT.to(logits_BTV.device));
        IList<Tensor> gradients = autograd.grad([loss], [.. model.Parameters.Values]);
        optimizer.Step([.. gradients]);
        Frozen?.Restore();
        return (loss.ToDouble(), batch.Predicted);
    }
}
