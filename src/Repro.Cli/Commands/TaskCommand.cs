using System.CommandLine;
using Repro.Paper.Cluster;

namespace Repro.Cli.Commands;

/// <summary><c>repro task</c>, which a job of Slurm calls.</summary>
internal static class TaskCommand
{
    public static Command Create()
    {
        Option<string> run = CommonOptions.Run();
        Option<string> stage = new("--stage") { Description = "The task's stage.", Required = true };
        Option<int> index = new("--index") { Description = "The task's index in the stage.", Required = true };
        Command command = new("task", "Does one task of a run on a cluster; its scripts call this.") { run, stage, index };
        command.Hidden = true;
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                ClusterTasks.Execute(ClusterRun.Open(result.GetRequiredValue(run)).File, result.GetRequiredValue(stage), result.GetRequiredValue(index), cancellation);
                return ExitCode.Success;
            },
            CancellationToken.None));
        return command;
    }
}
