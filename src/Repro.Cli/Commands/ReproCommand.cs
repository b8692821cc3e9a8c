using System.CommandLine;
using Repro.Harness.Store;

namespace Repro.Cli.Commands;

/// <summary>The <c>repro</c> command and what is below it.</summary>
internal static class ReproCommand
{
    private static readonly string Description = $"""
        Verifies the claims of 'Unveiling Linguistic Regions in Large Language Models' on a LLaMA checkpoint.

        Results go to standard output, progress and notes to standard error.
        What was measured is kept in {ResultStore.DefaultFolder()}, so that a stopped run goes on and a second one is fast.

        Exit codes:
          0  done, and everything is as expected
          1  a verdict or a golden is not the expected one
          2  bad usage or input
          3  the environment can't run it
          130  stopped by Ctrl-C

        Examples:
          repro verify
          repro verify --claims table-14 --detailed
          repro perplexity --checkpoint fixtures/tiny --corpus fixtures/corpora --language ru
        """;

    public static RootCommand Create()
    {
        RootCommand root = new(Description)
        {
            VerifyCommand.Create(),
            AuditCommand.Create(),
            AtlasCommand.Create(),
            ReportCommand.Create(),
            TrainCommand.Create(),
            ImportanceCommand.Create(),
            RegionCommand.Create(),
            PerplexityCommand.Create(),
            GenerateCommand.Create(),
            PlanCommand.Create(),
            CheckpointCommand.Create(),
            CorpusCommand.Create(),
            GoldensCommand.Create(),
            DoctorCommand.Create(),
            HistoryCommand.Create(),
            AuditPaperCommand.Create(),
            SlurmCommand.Create(),
            CompletionCommand.Create(),
            TaskCommand.Create(),
        };
        GlobalOptions.AddTo(root);
        BriefHelp.Use(root);
        return root;
    }
}
