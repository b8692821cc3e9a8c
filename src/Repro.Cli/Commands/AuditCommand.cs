using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Files;
using Repro.Engine.Native;
using Repro.Harness.Measuring;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions;
using Repro.Report;
using Repro.Report.Model;
using Repro.Report.Terminal;

namespace Repro.Cli.Commands;

/// <summary><c>repro audit</c>.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        Option<string[]> checkpoints = new("--checkpoint") { Description = "Checkpoint folder; give each with an option of its own. The others are compared with the first.", Required = true };
        Option<bool> thorough = new("--thorough") { Description = "Also decide the further controls, every other reading of the paper and an untrained checkpoint of each shape, which takes three times as long." };
        Option<string?> output = new("--out") { Description = "Folder for the report: index.html, report.md and results.json of all checkpoints." };
        Option<bool> json = CommonOptions.Json();
        MeasureOptions measure = new();
        HistoryOptions history = new();
        Command command = new(
            "audit",
            "Verifies the same claims on several checkpoints and compares them: verdicts, effects and core regions. One that can't be verified does not lose the others.\n\nExamples:\n  repro audit --checkpoint fixtures/tiny --checkpoint runs/mine --out audit\n  repro audit --checkpoint runs/stages/checkpoint-360 --checkpoint runs/stages --claims table-14,table-05")
        {
            checkpoints, thorough, output, json,
        };
        measure.AddTo(command);
        history.AddTo(command);
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                LibTorch.EnsureLoaded();
                string[] folders = result.GetRequiredValue(checkpoints);
                RunConfiguration first = measure.ReadAvailable(result, folders[0]);
                AuditTarget[] targets = [.. CheckpointNames.Of(folders).Zip(folders, (name, folder) => new AuditTarget(name, first with { Checkpoint = folder }))];
                Terminals.Note(first);
                AuditResult audit = null!;
                Terminals.WithProgress("opening the checkpoints", bar => audit = AuditRun.Execute(
                    LinguisticRegionsPaper.OfProject, targets, measure.Claims(result, first.Profile, result.GetValue(thorough)), result.GetValue(thorough) ? VerificationDepth.Thorough : VerificationDepth.ClaimsOnly, target => new RunObserver(new RunDisplay(bar, target.Name).Show, Planned: PlanDisplay.Show), cancellation));
                Results results = Results.Of(CommonOptions.Environment(result), audit);
                if (result.GetValue(output) is { } folder)
                    ReportFolder.Write(folder, results);
                history.Record(result, results);
                Console.Write(result.GetValue(json) ? ResultsFile.ToJson(results) : AuditText.Of(results));
                return Conclude(results);
            },
            CancellationToken.None));
        return command;
    }

    private static int Conclude(Results results)
    {
        if (results.Checkpoints.Count(c => c.Error is not null) is > 0 and int failed)
            throw new InputException($"{failed} of {results.Checkpoints.Count} checkpoints could not be verified; the others were, and the same command goes on where it was.");
        return results.Verified().All(v => v.Report.AsExpected) ? ExitCode.Success : ExitCode.Different;
    }
}
