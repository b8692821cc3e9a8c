using System.CommandLine;

namespace Repro.Cli.Commands;

/// <summary>The <c>repro</c> command and what is below it.</summary>
internal static class ReproCommand
{
    public static RootCommand Create() => new("Verifies the claims of 'Unveiling Linguistic Regions in Large Language Models' on a LLaMA checkpoint.")
    {
        VerifyCommand.Create(),
        TrainCommand.Create(),
        ImportanceCommand.Create(),
        RegionCommand.Create(),
        PerplexityCommand.Create(),
        GenerateCommand.Create(),
        PlanCommand.Create(),
        CheckpointCommand.Create(),
        CorpusCommand.Create(),
        GoldensCommand.Create(),
        ReportCommand.Create(),
        AuditPaperCommand.Create(),
        SlurmCommand.Create(),
        TaskCommand.Create(),
    };
}
