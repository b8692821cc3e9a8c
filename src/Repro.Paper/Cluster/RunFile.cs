using Repro.Engine.Files;

namespace Repro.Paper.Cluster;

/// <summary>A stage that Slurm has taken.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Id">Slurm's id of its job or array of jobs.</param>
public sealed record SubmittedJob(string Stage, string Id);

/// <summary>What a run folder's <c>run.json</c> says: all that its scripts, its tasks and its state are made from.</summary>
public sealed record RunFile
{
    /// <summary>The program and its first arguments, before <c>task</c> or <c>verify</c>: absolute paths.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>The folder that the user's relative paths start from.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The user's own arguments of <c>verify</c>, without those about the cluster.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>How often a task is tried at most.</summary>
    public required int Attempts { get; init; }

    /// <summary>Options that every script passes on to Slurm.</summary>
    public required IReadOnlyList<string> SlurmOptions { get; init; }

    /// <summary>The stages in their order, without the verdict; one may be empty.</summary>
    public required IReadOnlyList<ClusterStage> Stages { get; init; }

    /// <summary>Most tasks that a stage was cut into.</summary>
    public required int TasksPerStage { get; init; }

    /// <summary>The jobs of the last submission, in their order.</summary>
    public IReadOnlyList<SubmittedJob> Jobs { get; init; } = [];

    /// <summary>The stages that become jobs: those with tasks, and the verdict.</summary>
    public IEnumerable<ClusterStage> JobStages() => Stages.Where(s => s.Tasks.Count > 0).Append(ClusterStage.Verdict);

    /// <summary>Does nothing where the run has a task.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="index">The task's index in the stage.</param>
    /// <exception cref="InputException">It has not.</exception>
    public void CheckTask(string stage, int index)
    {
        ClusterStage? known = Stages.FirstOrDefault(s => s.Name == stage);
        if (known is null || index < 0 || index >= known.Tasks.Count)
            throw new InputException($"The run has no task {index} of a stage '{stage}'; its run.json lists them.");
    }

    /// <summary>Does nothing where the work is still what it was when the run was prepared.</summary>
    /// <param name="stages">The stages as they are cut now.</param>
    /// <exception cref="InputException">Checkpoint, corpus or program have changed since.</exception>
    public void CheckWork(IReadOnlyList<ClusterStage> stages)
    {
        if (!IsSameVerification(this with { Stages = stages }))
            throw new InputException("The checkpoint, the corpus or the program has changed since the run was prepared; prepare it again in a new folder with --run.");
    }

    /// <summary>Whether another run does the same work, however often it tries and whatever it asks of Slurm.</summary>
    public bool IsSameVerification(RunFile other) =>
        WorkingFolder == other.WorkingFolder
        && Arguments.SequenceEqual(other.Arguments)
        && Stages.Select(s => s.Name).SequenceEqual(other.Stages.Select(s => s.Name))
        && Stages.SelectMany(s => s.Tasks).SequenceEqual(other.Stages.SelectMany(s => s.Tasks))
        && Stages.Select(s => s.Tasks.Count).SequenceEqual(other.Stages.Select(s => s.Tasks.Count));
}
