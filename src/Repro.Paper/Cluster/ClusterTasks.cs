using Repro.Engine.Storage;

namespace Repro.Paper.Cluster;

/// <summary>A task of a stage, as a job of Slurm calls it.</summary>
public static class ClusterTasks
{
    /// <summary>Makes a task's results and keeps them in the store.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stage">The stage's name.</param>
    /// <param name="index">The task's index in the stage.</param>
    /// <param name="cancellation">Stops the task.</param>
    /// <exception cref="InputException">The run has no such task.</exception>
    public static void Execute(RunFile run, string stage, int index, CancellationToken cancellation)
    {
        ClusterStage? known = run.Stages.FirstOrDefault(s => s.Name == stage);
        if (known is null || index < 0 || index >= known.Tasks.Count)
            throw new InputException($"The run has no task {index} of a stage '{stage}'; its run.json lists them.");
        cancellation.ThrowIfCancellationRequested();
        throw new NotImplementedException("The stages of a verification connect here.");
    }
}
