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
        int passSize = Settings.MicroBatch > 0 ? Settings.MicroBatch : documents.Length;
        if (passSize >= documents.Length)
        {
            (Tensor loss, IList<Tensor> gradients) = Backward(documents);
            Optimizer.Step([.. gradients]);
            Frozen?.Restore();
            return (loss.ToDouble(), tokens);
        }

        double total = 0;
        Tensor[]? sums = null;
        foreach (PassSums pass in Passes([.. documents.Chunk(passSize)], tokens))
        {
            total += pass.Loss;
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
        return (total, tokens);
    }

    // In their order: of a small model all at once, a pass on each core; of a large one each when it is asked for.
    private IEnumerable<PassSums> Passes(int[][][] passes, int tokens)
    {
        if (!OneCoreEach.IsSmall(model.Config, model.Device))
            return passes.Select(pass => Sums(pass, tokens));
        PassSums[] sums = new PassSums[passes.Length];
        OneCoreEach.ForEach([.. Enumerable.Range(0, passes.Length)], Math.Max(2, OneCoreEach.Degree(model.Config, model.Device)), i => sums[i] = Sums(passes[i], tokens));
        return sums;
    }

    private PassSums Sums(int[][] pass, int tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        double share = pass.Sum(d => d.Length - 1) / (double)tokens;
        (Tensor loss, IList<Tensor> gradients) = Backward(pass);
        using IDisposable noGradient = no_grad();
        return new PassSums(loss.ToDouble() * share, [.. gradients.Select(g => g.to(ScalarType.Float32).mul_(Scalars.Of(share)).DetachFromDisposeScope())]);
    }

    private (Tensor Loss, IList<Tensor> Gradients) Backward(int[][] documents)
    {
        using TokenBatch batch = new(documents, model.Device);
        Tensor logits_BTV = model.Forward(batch.Inputs_BT);
        Tensor loss = TokenLoss.Mean(logits_BTV, batch.Targets_BT.to(logits_BTV.device));
        return (loss, autograd.grad([loss], [.. model.Parameters.Values]));
    }

    /// <summary>What a pass adds to a step.</summary>
    /// <param name="Loss">To its mean loss.</param>
    /// <param name="Gradients">To its gradients, float32; the caller disposes them.</param>
    private readonly record struct PassSums(double Loss, Tensor[] Gradients);
}
