using System.CommandLine;
using Repro.Cluster;
using Repro.Engine.Files;
using Repro.Harness.Verification;

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
                RunFile file = ClusterRun.Open(result.GetRequiredValue(run)).File;
                file.CheckTask(result.GetRequiredValue(stage), result.GetValue(index));
                StagedWork work = Read(file.Arguments).Stages(file.TasksPerStage);
                file.CheckWork(ClusterStage.Of(work));
                work.Execute(result.GetRequiredValue(stage), result.GetValue(index), cancellation);
                return ExitCode.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static VerifyRequest Read(IReadOnlyList<string> arguments)
    {
        VerifyOptions options = new();
        Command verify = new("verify") { CommonOptions.Json(), new Option<bool>("--detailed") };
        options.AddTo(verify);
        new HistoryOptions().AddTo(verify);
        ParseResult parsed = verify.Parse(arguments);
        return parsed.Errors.Count == 0 ? options.Read(parsed) : throw new InputException($"The run's arguments can't be read: {parsed.Errors[0].Message}");
    }
}
