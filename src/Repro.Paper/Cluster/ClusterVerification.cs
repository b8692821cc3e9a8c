using Repro.Engine.Files;

namespace Repro.Paper.Cluster;

/// <summary>How a verification is to run on a cluster.</summary>
/// <param name="Program">The program and its first arguments, as the tasks are to call it.</param>
/// <param name="Arguments">The user's arguments of <c>verify</c>, without those about the cluster.</param>
/// <param name="Run">The run's folder; null for one in the current folder that is named after the work.</param>
/// <param name="Attempts">How often a task is tried at most.</param>
/// <param name="SlurmOptions">Options passed on to Slurm.</param>
/// <param name="DryRun">Whether to write the scripts only.</param>
/// <param name="Wait">Whether to wait for the verdict.</param>
/// <param name="Json">Whether the report is to be printed as JSON.</param>
public sealed record ClusterRequest(
    IReadOnlyList<string> Program, IReadOnlyList<string> Arguments, string? Run, int Attempts, IReadOnlyList<string> SlurmOptions, bool DryRun, bool Wait, bool Json);

/// <summary>A verification that runs as jobs of Slurm.</summary>
public static class ClusterVerification
{
    /// <summary>Writes the run's folder, submits its jobs and, where asked for, waits for the verdict.</summary>
    /// <param name="request">How.</param>
    /// <param name="tasksPerStage">Most tasks that a stage is cut into.</param>
    /// <param name="stages">Makes the stages, without the verdict.</param>
    /// <param name="output">Gets what is submitted, and the report.</param>
    /// <param name="messages">Gets progress.</param>
    /// <param name="cancellation">Stops waiting; the jobs go on.</param>
    /// <returns>The verdict job's exit code, or 0 where nobody waits for it.</returns>
    /// <exception cref="InputException">Something in the request can't be used, or a task says so of its input.</exception>
    /// <exception cref="SlurmException">Slurm can't be used, or a task failed.</exception>
    public static int Start(
        ClusterRequest request, int tasksPerStage, Func<IReadOnlyList<ClusterStage>> stages, TextWriter output, TextWriter messages, CancellationToken cancellation)
    {
        RunFile file = new()
        {
            Program = request.Program,
            WorkingFolder = Environment.CurrentDirectory,
            Arguments = request.Arguments,
            Attempts = request.Attempts,
            SlurmOptions = request.SlurmOptions,
            TasksPerStage = tasksPerStage,
            Stages = stages(),
        };
        ClusterRun run = ClusterRun.Prepare(request.Run ?? RunFolder.DefaultName(file), file);
        TextWriter said = request.Wait && request.Json ? messages : output;
        said.WriteLine($"run         {run.Location}");
        if (request.DryRun)
        {
            foreach (ClusterStage stage in file.JobStages())
                said.WriteLine($"{stage.Name,-12}{Count(stage)}, {RunFolder.Script(stage.Name)}");
            said.WriteLine("Nothing was submitted; the same command without --dry-run submits these scripts, each after the one before.");
            return 0;
        }

        Dictionary<string, ClusterStage> byName = file.JobStages().ToDictionary(s => s.Name);
        run.Submit(job => said.WriteLine($"{job.Stage,-12}job {job.Id}, {Count(byName[job.Stage])}"));
        if (!request.Wait)
        {
            said.WriteLine($"'repro slurm status --run {run.Location}' shows how far it is.");
            return 0;
        }

        RunState end = ClusterWait.For(run, state => messages.WriteLine(RunStateText.Progress(state)), cancellation);
        return Report(end, request.Json, output, messages);
    }

    private static int Report(RunState end, bool json, TextWriter output, TextWriter messages)
    {
        if (end.Verdict is { } verdict)
        {
            output.Write(File.ReadAllText(Path.Combine(verdict.Report, json ? "results.json" : "verdicts.txt")));
            return verdict.ExitCode;
        }

        messages.Write(RunStateText.Of(end));
        string again = "the same command goes on with what is done";
        if (end.Failures.Count == 0)
            throw new SlurmException($"The run in {end.Run} ended without a verdict, because its jobs were cancelled; {again}.");
        FailedTask first = end.Failures[0];
        string message = $"The run in {end.Run} has no verdict, because {end.Failures.Count} of its tasks failed, first {RunStateText.Sentence(first)}; mend the cause, and {again}.";
        throw first.ExitCode == 2 ? new InputException(message) : new SlurmException(message);
    }

    private static string Count(ClusterStage stage) => stage.Tasks.Count == 1 ? "1 task" : $"{stage.Tasks.Count} tasks";
}
