namespace Repro.Engine.Training;

/// <summary>Where a run stops to measure, and from where it goes on after a kill.</summary>
internal sealed class MeasuringStops
{
    private readonly int batchSize;
    private readonly Queue<int> left;

    /// <summary>Looks at what is kept of a run.</summary>
    /// <param name="measureAfter">Numbers of documents after which to measure, ascending.</param>
    /// <param name="batchSize">Documents of a step.</param>
    /// <param name="snapshot">Where the run is kept, or null.</param>
    /// <param name="isMeasured">Whether a stop was measured before; a snapshot that lies beyond one that was not is of no use.</param>
    /// <exception cref="Files.InputException">The snapshot is damaged.</exception>
    public MeasuringStops(IReadOnlyList<int> measureAfter, int batchSize, TrainingSnapshot? snapshot, Func<int, bool>? isMeasured)
    {
        this.batchSize = batchSize;
        int steps = snapshot?.StepsTaken() ?? 0;
        int after = (steps + 1) * batchSize;
        bool goesOn = steps > 0 && measureAfter.Where(stop => stop < after).All(stop => isMeasured?.Invoke(stop) == true);
        StepsKept = goesOn ? steps : 0;
        left = new Queue<int>(goesOn ? measureAfter.Where(stop => stop >= after) : measureAfter);
    }

    /// <summary>Steps that need not be taken again.</summary>
    public int StepsKept { get; }

    /// <summary>Measures at every stop that is reached; one inside a step counts as at its beginning.</summary>
    /// <param name="steps">Steps taken.</param>
    /// <param name="measure">Called with each stop.</param>
    public void Reach(int steps, Action<int> measure)
    {
        while (left.TryPeek(out int next) && next < (steps + 1) * batchSize)
            measure(left.Dequeue());
    }
}
