using System.ComponentModel;
using System.Diagnostics;

namespace Repro.Cluster;

/// <summary>The calls of Slurm's own commands.</summary>
public static class SlurmCommands
{
    /// <summary>Submits a script.</summary>
    /// <param name="folder">The folder that the script starts in.</param>
    /// <param name="script">The script, below the folder.</param>
    /// <param name="after">The job all of whose tasks must succeed before; null for none.</param>
    /// <returns>The job's id.</returns>
    /// <exception cref="SlurmException">It was not taken.</exception>
    public static string Submit(string folder, string script, string? after)
    {
        string[] dependency = after is null ? [] : [$"--dependency=afterok:{after}", "--kill-on-invalid-dep=yes"];
        string id = Run(folder, "sbatch", ["--parsable", .. dependency, script]).Trim();
        return id.Length > 0 && id.All(char.IsAsciiDigit) ? id : throw new SlurmException($"sbatch answered '{id}' instead of a job's id; see that 'sbatch --parsable' works here.");
    }

    /// <summary>The tasks of some jobs that are in the queue, running or waiting.</summary>
    /// <exception cref="SlurmException">squeue does not answer.</exception>
    public static IReadOnlyList<QueuedTask> Queue(IReadOnlyCollection<string> jobs)
    {
        // Asking for the jobs by id fails once Slurm has forgotten one.
        string lines = Run(Path.GetTempPath(), "squeue", ["--me", "--noheader", "--array", "--format=" + QueuedTask.Format]);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(QueuedTask.Parse).Where(t => jobs.Contains(t.Job))];
    }

    /// <summary>Ends jobs.</summary>
    /// <exception cref="SlurmException">One can't be ended.</exception>
    public static void Cancel(IReadOnlyCollection<string> jobs) => Run(Path.GetTempPath(), "scancel", [.. jobs]);

    private static string Run(string folder, string command, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };

        // What a person set for looking at the queue would hide tasks.
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("SQUEUE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new SlurmException($"{command} failed with exit code {process.ExitCode} and says '{OneLine(error)}'; mend that and run the same command again.");
            return output.GetAwaiter().GetResult();
        }
        catch (Win32Exception e)
        {
            throw new SlurmException($"Slurm's command '{command}' can't be started ({e.Message.TrimEnd('.')}); run this where Slurm's commands are on the PATH, or without '--engine slurm'.", e);
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
