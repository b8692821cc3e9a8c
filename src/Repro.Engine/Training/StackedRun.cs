using Repro.Engine.Models;

namespace Repro.Engine.Training;

/// <summary>Copies the weights that a run has at a stop into a model.</summary>
/// <param name="parameters">The weights to overwrite; their type may differ.</param>
public delegate void CopyWeights(ParameterSet parameters);

/// <summary>One of several runs that are trained together, and what is done at its stops.</summary>
public sealed record StackedRun
{
    /// <summary>The run.</summary>
    public required FurtherTraining Training { get; init; }

    /// <summary>Numbers of documents after which to measure, ascending, 0 for before the first step; each is rounded down to a whole step.</summary>
    public required IReadOnlyList<int> MeasureAfter { get; init; }

    /// <summary>Called at each of them with the number of documents and a way to the weights, by any thread, for several runs at once.</summary>
    public required Action<int, CopyWeights> Measure { get; init; }

    /// <summary>Called with the tokens of each step, by any thread.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>Where the run is kept now and then, and goes on from after a kill with the same numbers; null keeps nothing.</summary>
    public TrainingSnapshot? Snapshot { get; init; }

    /// <summary>Whether a stop was measured before; a snapshot that lies beyond one that was not is of no use.</summary>
    public Func<int, bool>? IsMeasured { get; init; }
}
