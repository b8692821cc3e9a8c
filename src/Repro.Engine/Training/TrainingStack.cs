// R runs · N = R · B documents · T tokens · V vocabulary
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>Runs that read the same documents in the same order, trained as one.</summary>
internal sealed class TrainingStack : IDisposable
{
    // A single product is another routine than a batch of products, and its sums may differ in their last bit.
    private const int LeastModels = 2;

    private readonly ModelStack models;
    private readonly Lane[] lanes;

    /// <summary>Prepares the runs, or brings them back from their snapshots.</summary>
    /// <param name="start">The weights they start from.</param>
    /// <param name="members">The runs, which read alike.</param>
    public TrainingStack(LlamaModel start, IReadOnlyList<Member> members)
    {
        models = new ModelStack(start.Config, Held(start), start.Device, Math.Max(LeastModels, members.Count));
        lanes = new Lane[members.Count];
        try
        {
            for (int run = 0; run < lanes.Length; run++)
            {
                models.CopyFrom(run, start.Parameters);
                lanes[run] = new Lane(models, run, members[run], name => start.Parameters[name].dtype);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Trains all runs to their last step.</summary>
    public void Run(CancellationToken cancellation)
    {
        foreach (Lane lane in lanes)
            lane.Reach(0);
        FurtherTraining training = lanes[0].Member.Run.Training;
        int kept = lanes[0].Member.Stops.StepsKept;
        foreach (int[][] batch in TrainingWindows.Batches(training.Documents, training.Settings.BatchSize, training.Settings.Seed, kept).Take(lanes[0].Member.StepsLeft))
        {
            cancellation.ThrowIfCancellationRequested();
            Step(batch);
        }

        foreach (Lane lane in lanes)
            lane.Member.Run.Snapshot?.Remove();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lane? lane in lanes)
            lane?.Dispose();
        models.Dispose();
    }

    // A CPU computes fast in float32 alone: without AVX-512 libtorch's bfloat16 products take ten times as long. The weights' values stay of the model's type.
    private static ScalarType Held(LlamaModel start) =>
        start.WeightType == ScalarType.BFloat16 && start.Device.type == TorchSharp.DeviceType.CPU ? ScalarType.Float32 : start.WeightType;

    private void Step(int[][] documents)
    {
        using DisposeScope scope = NewDisposeScope();
        using TokenBatch batch = new(documents, models.Device, multiple: models.TokensMultiple);
        (Tensor losses_R, Tensor[] gradients) = models.Backward(batch);
        float[] losses = [.. losses_R.to(ScalarType.Float32).data<float>()];
        for (int run = 0; run < lanes.Length; run++)
        {
            using DisposeScope inner = NewDisposeScope();
            lanes[run].Step([.. gradients.Select(g => g[run])], losses[run], batch.Predicted);
        }
    }

    /// <summary>A run and where it goes on from.</summary>
    internal sealed class Member(StackedRun run)
    {
        public StackedRun Run { get; } = run;

        public MeasuringStops Stops { get; } = new(run.MeasureAfter, run.Training.Settings.BatchSize, run.Snapshot, run.IsMeasured);

        public int StepsLeft => Run.Training.LastStep - Stops.StepsKept;

        /// <summary>Whether both have the same documents before them.</summary>
        public bool ReadsAs(Member other)
        {
            TrainingSettings own = Run.Training.Settings;
            TrainingSettings others = other.Run.Training.Settings;
            return (own.BatchSize, own.Seed, StepsLeft, Stops.StepsKept) == (others.BatchSize, others.Seed, other.StepsLeft, other.Stops.StepsKept)
                && Run.Training.Documents.Count == other.Run.Training.Documents.Count
                && Run.Training.Documents.Zip(other.Run.Training.Documents).All(d => d.First == d.Second || d.First.SequenceEqual(d.Second));
        }
    }

    /// <summary>One run's place in the stack.</summary>
    private sealed class Lane : IDisposable
    {
        private readonly ModelStack models;
        private readonly int run;
        private readonly IReadOnlyDictionary<string, Tensor> weights;
        private readonly TrainingState state;
        private readonly FrozenRegion? frozen;

        public Lane(ModelStack models, int run, Member member, Func<string, ScalarType> precision)
        {
            this.models = models;
            this.run = run;
            Member = member;
            FurtherTraining training = member.Run.Training;
            using DisposeScope scope = NewDisposeScope();
            Dictionary<string, Tensor>? removedAt = training.Removed is { } removed ? models.Where(removed) : null;
            Dictionary<string, Tensor>? slowedAt = training.Slowed is { } slowed ? models.Where(slowed.Region) : null;
            Dictionary<string, Tensor>? frozenAt = training.Frozen is { } held ? models.Where(held) : null;
            weights = models.OfRun(run);
            if (training.Masters == MasterReading.TrueZero)
                Remove(removedAt);
            state = new TrainingState(weights, training.Settings, precision) { LastStep = training.LastStep };
            if (training.Masters == MasterReading.MastersRestored)
                Remove(removedAt);
            if (slowedAt is not null)
                state.Optimizer.Slow(slowedAt, training.Slowed!.Value.Factor);
            if (member.Stops.StepsKept > 0)
                member.Run.Snapshot!.TryRestore(state);
            if (frozenAt is not null)
                frozen = new FrozenRegion(weights, frozenAt);
        }

        public Member Member { get; }

        public void Step(IReadOnlyList<Tensor> gradients, double loss, int tokens)
        {
            state.Optimizer.Step(gradients);
            frozen?.Restore();
            state.Losses.Add(loss);
            state.TokensSeen += tokens;
            Member.Run.Progress?.Invoke(tokens);
            Reach(state.Optimizer.StepsTaken);
            Member.Run.Snapshot?.SaveWhereDue(state);
        }

        public void Reach(int steps) => Member.Stops.Reach(steps, documents => Member.Run.Measure(documents, parameters => models.CopyTo(run, parameters)));

        public void Dispose()
        {
            frozen?.Dispose();
            state.Dispose();
            foreach (Tensor weight in weights.Values)
                weight.Dispose();
        }

        private void Remove(Dictionary<string, Tensor>? where)
        {
            using IDisposable noGradient = no_grad();
            foreach ((string name, Tensor indices) in where ?? [])
                weights[name].view(-1).index_fill_(0, indices, Scalars.Of(0L));
        }
    }
}
