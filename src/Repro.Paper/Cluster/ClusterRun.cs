using Repro.Engine.Files;

namespace Repro.Paper.Cluster;

/// <summary>A run folder and what is done with it: prepared, submitted, looked at, cancelled.</summary>
public sealed class ClusterRun
{
    private readonly RunFolder folder;

    private ClusterRun(RunFolder folder, RunFile file)
    {
        this.folder = folder;
        File = file;
    }

    /// <summary>The run's folder.</summary>
    public string Location => folder.Location;

    /// <summary>What it is.</summary>
    public RunFile File { get; private set; }

    /// <summary>Opens a run that was prepared before.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ClusterRun Open(string path)
    {
        RunFolder folder = new(path);
        return new ClusterRun(folder, folder.Load());
    }

    /// <summary>Writes <c>run.json</c> and the scripts; a folder that holds the same verification keeps its jobs.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="InputException">The folder holds another verification or other things, or an option can't be passed on.</exception>
    public static ClusterRun Prepare(string path, RunFile run)
    {
        foreach (string option in run.SlurmOptions)
            BatchScript.CheckOption(option);
        if (run.Attempts < 1)
            throw new InputException("--attempts must be at least 1.");
        RunFolder folder = new(path);
        RunFile? before = folder.Find();
        if (before is not null && !before.IsSameVerification(run))
            throw new InputException($"{folder.Location} holds another verification (verify {string.Join(' ', before.Arguments)}); choose a new folder with --run.");
        ClusterRun prepared = new(folder, folder.Save(run with { Jobs = before?.Jobs ?? [] }));
        foreach (ClusterStage stage in run.JobStages())
            AtomicFile.WriteText(Path.Combine(folder.Location, RunFolder.Script(stage.Name)), BatchScript.Of(folder, run, stage));
        return prepared;
    }

    /// <summary>Submits every stage, each after the one before; where one is refused, those taken before are cancelled.</summary>
    /// <param name="submitted">Called with each job.</param>
    /// <exception cref="InputException">Jobs of an earlier submission are in the queue.</exception>
    /// <exception cref="SlurmException">Slurm does not take a job.</exception>
    public void Submit(Action<SubmittedJob> submitted)
    {
        string[] live = [.. Queue().Select(t => t.Job).Distinct()];
        if (live.Length > 0)
            throw new InputException($"The run in {Location} is still in Slurm's queue (jobs {string.Join(", ", live)}); wait for it, or end it with 'repro slurm cancel --run {Location}'.");
        folder.Clear();
        File = folder.Save(File with { Jobs = [] });
        string? before = null;
        foreach (ClusterStage stage in File.JobStages())
        {
            SubmittedJob job = new(stage.Name, SubmitAfter(before, stage.Name));
            File = folder.Save(File with { Jobs = [.. File.Jobs, job] });
            submitted(job);
            before = job.Id;
        }
    }

    /// <summary>How far it is.</summary>
    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    public RunState State() => RunState.Of(folder, File, Queue());

    /// <summary>Ends the run's jobs.</summary>
    /// <returns>Those that were in the queue.</returns>
    /// <exception cref="SlurmException">Slurm does not answer.</exception>
    public IReadOnlyList<SubmittedJob> Cancel()
    {
        HashSet<string> live = [.. Queue().Select(t => t.Job)];
        SubmittedJob[] cancelled = [.. File.Jobs.Where(j => live.Contains(j.Id))];
        if (cancelled.Length > 0)
            SlurmCommands.Cancel([.. cancelled.Select(j => j.Id)]);
        return cancelled;
    }

    private string SubmitAfter(string? before, string stage)
    {
        try
        {
            return SlurmCommands.Submit(Location, RunFolder.Script(stage), before);
        }
        catch (SlurmException e) when (before is not null)
        {
            string[] taken = [.. File.Jobs.Select(j => j.Id)];
            SlurmCommands.Cancel(taken);
            throw new SlurmException($"Jobs {string.Join(", ", taken)} were taken and are cancelled, because {e.Message}", e);
        }
    }

    private IReadOnlyList<QueuedTask> Queue() => File.Jobs.Count == 0 ? [] : SlurmCommands.Queue([.. File.Jobs.Select(j => j.Id)]);
}
