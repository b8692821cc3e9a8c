using System.CommandLine;
using Repro.Cluster;

namespace Repro.Cli.Commands;

/// <summary><c>repro slurm</c>.</summary>
internal static class SlurmCommand
{
    public static Command Create()
    {
        Option<string> run = CommonOptions.Run();
        Option<bool> json = CommonOptions.Json();
        Command status = new("status", "Shows how far a run is, the end of every failed task's log, and the verdict.\n\nExamples:\n  repro slurm status --run runs/first\n  repro slurm status --run runs/first --json") { run, json };
        status.SetAction(result =>
        {
            RunState state = ClusterRun.Open(result.GetRequiredValue(run)).State();
            Console.Write(result.GetValue(json) ? RunStateText.Json(state) : RunStateText.Of(state));
            return ExitCode.Success;
        });

        Command cancel = new("cancel", "Ends a run's jobs; what is done is kept.\n\nExamples:\n  repro slurm cancel --run runs/first\n  repro slurm cancel --run slurm-1a2b3c") { run };
        cancel.SetAction(result =>
        {
            IReadOnlyList<SubmittedJob> cancelled = ClusterRun.Open(result.GetRequiredValue(run)).Cancel();
            Console.WriteLine(cancelled.Count == 0
                ? "No job of this run is in Slurm's queue."
                : $"Cancelled: {string.Join(", ", cancelled.Select(j => $"{j.Stage} (job {j.Id})"))}.");
            return ExitCode.Success;
        });
        return new Command("slurm", "Shows and cancels runs of 'repro verify --engine slurm'.\n\nExamples:\n  repro slurm status --run runs/first\n  repro slurm cancel --run runs/first") { status, cancel };
    }
}
