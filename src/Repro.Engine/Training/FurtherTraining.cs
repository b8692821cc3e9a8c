using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Regions;

namespace Repro.Engine.Training;

/// <summary>
/// What happens to the float32 masters of a region that is zeroed before training. The paper says only "zero out"; the released code zeroes the
/// bfloat16 weights after the optimizer has cloned them.
/// </summary>
public enum MasterReading
{
    /// <summary>The masters are zero too: the region starts from nothing.</summary>
    TrueZero,

    /// <summary>The masters keep the original values, which the first step copies back over the zeros (the released code).</summary>
    MastersRestored,
}

/// <summary>Further pre-training with a region removed, frozen or slowed down (Sections 3.2 and 3.5).</summary>
public sealed record FurtherTraining
{
    /// <summary>Documents to train on, in any order; the settings' seed shuffles them.</summary>
    public required IReadOnlyList<int[]> Documents { get; init; }

    /// <summary>Learning rate, batch and schedule; <see cref="TrainingSettings.Steps"/> covers one epoch.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Region set to zero before the first step.</summary>
    public Region? Removed { get; init; }

    /// <summary>What that does to its masters.</summary>
    public MasterReading Masters { get; init; }

    /// <summary>Region held at its values, after the removal.</summary>
    public Region? Frozen { get; init; }

    /// <summary>Region whose updates are multiplied by a factor, and the factor.</summary>
    public (Region Region, double Factor)? Slowed { get; init; }

    /// <summary>Documents after which the run ends, rounded down to a whole step, though its schedule goes on; null for the end of the schedule.</summary>
    public int? EndsAfter { get; init; }

    /// <summary>The last step that is taken.</summary>
    internal int LastStep => Math.Min(Settings.Steps, EndsAfter / Settings.BatchSize ?? Settings.Steps);

    /// <summary>Trains and stops to measure.</summary>
    /// <param name="model">The model; its weights move, and stay where they are when this returns.</param>
    /// <param name="measureAfter">Numbers of documents after which to measure, ascending, 0 for before the first step; each is rounded down to a whole step.</param>
    /// <param name="measure">Called at each of them.</param>
    /// <param name="progress">Called with the tokens of each step.</param>
    /// <param name="snapshot">Where the run is kept now and then, and goes on from after a kill with the same numbers; null keeps nothing.</param>
    /// <param name="isMeasured">Whether a stop was measured before; a snapshot that lies beyond one that was not is of no use.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="Files.InputException">The snapshot is damaged.</exception>
    public void Run(
        LlamaModel model,
        IReadOnlyList<int> measureAfter,
        Action<int> measure,
        Action<int>? progress = null,
        TrainingSnapshot? snapshot = null,
        Func<int, bool>? isMeasured = null,
        CancellationToken cancellation = default)
    {
        MeasuringStops stops = new(measureAfter, Settings.BatchSize, snapshot, isMeasured);
        if (Masters == MasterReading.TrueZero)
            Remove(model);
        using Trainer trainer = new(model, Documents, Settings);
        trainer.State.LastStep = LastStep;
        if (Masters == MasterReading.MastersRestored)
            Remove(model);
        if (Slowed is { } slowed)
            trainer.Optimizer.Slow(slowed.Region, slowed.Factor);
        if (stops.StepsKept > 0)
            snapshot!.TryRestore(trainer);
        using FrozenRegion? frozen = Frozen is { } region ? new FrozenRegion(model.Parameters, region) : null;
        trainer.Frozen = frozen;

        stops.Reach(0, measure);
        trainer.Run(
            step =>
            {
                progress?.Invoke(step.Tokens);
                stops.Reach(step.Step, measure);
                snapshot?.SaveWhereDue(trainer);
            },
            cancellation);
        snapshot?.Remove();
    }

    private void Remove(LlamaModel model)
    {
        if (Removed is { } region)
            new RemoveRegion(region).ApplyForGood(model.Parameters);
    }
}
