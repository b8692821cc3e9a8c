using Repro.Engine.Cores;
using Repro.Engine.Models;
using Repro.Engine.Native;
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
    private readonly TrainingState state;
    private readonly NextTokenGradients gradients;

    /// <summary>Prepares a run.</summary>
    /// <param name="model">The model; its weights move.</param>
    /// <param name="windows">Token ids to train on, one array per window.</param>
    /// <param name="settings">The run's settings.</param>
    public Trainer(LlamaModel model, IReadOnlyList<int[]> windows, TrainingSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfZero(windows.Count, nameof(windows));
        this.model = model;
        this.windows = windows;
        state = new TrainingState(model.Parameters.Weights(), settings);
        gradients = new NextTokenGradients([.. model.Parameters.Values], model.Embedding_VD, model.Head_VD, model.Config.FinalSoftCap);
    }

    /// <summary>The run's settings.</summary>
    public TrainingSettings Settings => state.Settings;

    /// <summary>The optimizer, whose state a snapshot holds.</summary>
    public AdamW Optimizer => state.Optimizer;

    /// <summary>A region that is held at its values after every step, or null.</summary>
    public FrozenRegion? Frozen { get; set; }

    /// <summary>Loss of every step taken, nats per token.</summary>
    public IReadOnlyList<double> Losses => state.Losses;

    /// <summary>Tokens predicted in all steps taken.</summary>
    public long TokensSeen => state.TokensSeen;

    /// <summary>What a snapshot holds.</summary>
    internal TrainingState State => state;

    /// <summary>Trains from the steps already taken to the last.</summary>
    /// <param name="afterStep">Called after every step, with the step just taken.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run(Action<TrainingProgress>? afterStep = null, CancellationToken cancellation = default)
    {
        IEnumerable<int[][]> batches = TrainingWindows.Batches(windows, Settings.BatchSize, Settings.Seed, Optimizer.StepsTaken);
        foreach (int[][] batch in batches.Take(state.LastStep - Optimizer.StepsTaken))
        {
            cancellation.ThrowIfCancellationRequested();
            (double loss, int tokens) = Step(batch);
            state.Losses.Add(loss);
            state.TokensSeen += tokens;
            afterStep?.Invoke(new TrainingProgress(Optimizer.StepsTaken, Settings.Steps, loss, tokens));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => state.Dispose();

    private (double Loss, int Tokens) Step(int[][] documents)
    {
        using DisposeScope scope = NewDisposeScope();
        int tokens = documents.Sum(d => d.Length - 1);
        double loss = 0;
        Tensor[]? sums = null;
        using IDisposable noGradient = no_grad();
        foreach (PassSums pass in Passes([.. documents.Chunk(Settings.MicroBatch > 0 ? Settings.MicroBatch : documents.Length)], tokens))
        {
            loss += pass.Loss;
            if (sums is null)
            {
                sums = pass.Gradients;
                continue;
            }

            for (int i = 0; i < sums.Length; i++)
            {
                sums[i].Add(pass.Gradients[i]);
                pass.Gradients[i].Dispose();
            }
        }

        Optimizer.Step(sums!);
        Frozen?.Restore();
        foreach (Tensor sum in sums!)
            sum.Dispose();
        return (loss, tokens);
    }

    // In their order: of a small model all at once, a pass on each core; of a large one each when it is asked for.
    private IEnumerable<PassSums> Passes(int[][][] passes, int tokens)
    {
        // One pass is added to nothing, so it stays in the weights' type.
        ScalarType? type = passes.Length == 1 ? null : ScalarType.Float32;
        if (passes.Length == 1 || !OneCoreEach.IsSmall(model.Config, model.Device))
            return passes.Select(pass => Sums(pass, tokens, type));
        PassSums[] sums = new PassSums[passes.Length];
        OneCoreEach.ForEach([.. Enumerable.Range(0, passes.Length)], Math.Max(2, OneCoreEach.Degree(model.Config, model.Device)), i => sums[i] = Sums(passes[i], tokens, type));
        return sums;
    }

    private PassSums Sums(int[][] documents, int tokens, ScalarType? type)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable withGradient = enable_grad();
        using TokenBatch batch = new(documents, model.Device);
        Tensor shares_BT = batch.Shares_BT.Times(batch.Predicted / (double)tokens);
        (Tensor losses_BT, Tensor[] all) = gradients.Of(
            embedded_BTD => model.Normed(model.Through(EmbeddingFactor.Apply(embedded_BTD, model.Config), 0, model.Config.LayerCount)), batch.Inputs_BT.flatten(), batch.Targets_BT, shares_BT);
        return new PassSums(losses_BT.sum().ToDouble(), [.. all.Select(g => g.to(type ?? g.dtype).DetachFromDisposeScope())]);
    }

    /// <summary>What a pass adds to a step.</summary>
    /// <param name="Loss">To its mean loss.</param>
    /// <param name="Gradients">To its gradients; the caller disposes them.</param>
    private readonly record struct PassSums(double Loss, Tensor[] Gradients);
}
