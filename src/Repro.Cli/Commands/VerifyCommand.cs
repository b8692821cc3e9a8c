using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Native;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;
using Repro.Paper.Reporting;
using Repro.Paper.Verification;
using Repro.Report;
using Repro.Report.Model;
using Repro.Terminal;

namespace Repro.Cli.Commands;

/// <summary><c>repro verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        VerifyOptions options = new();
        Option<string?> output = new("--out") { Description = "Folder for the report: index.html, report.md, results.json, measurements, and pages on single findings." };
        Option<bool> json = CommonOptions.Json();
        Option<bool> list = new("--list") { Description = "Show the claims and stop." };
        Option<bool> detailed = new("--detailed") { Description = "Print every row of every claim." };
        ClusterOptions cluster = new();
        HistoryOptions history = new();

        Command command = new("verify", "Verifies the paper's claims on a checkpoint and prints each verdict as it is reached. What was measured is kept, so a second run is fast and a stopped one goes on.\n\nExamples:\n  repro verify\n  repro verify --claims table-14 --detailed\n  repro verify --checkpoint runs/mine --corpus texts --out results\n  repro verify --engine slurm --slurm-option \"--partition=gpu\" --wait")
        {
            output, json, list, detailed,
        };
        options.AddTo(command);
        cluster.AddTo(command);
        history.AddTo(command);
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                if (result.GetValue(list))
                {
                    TerminalTable table = new(Column.Word("claim"), Column.Text("what the paper says"));
                    foreach (Claim claim in options.Claims(result))
                        table.Add(claim.Id, $"{claim.Table}: {claim.Sentence}");
                    Console.Write(table);
                    return ExitCode.Success;
                }

                LibTorch.EnsureLoaded();
                VerifyRequest request = options.Read(result);
                if (cluster.AreChosen(result))
                    return cluster.Start(result, result.GetValue(json), request, cancellation);

                Setup setup = request.Setup;
                string project = ProjectFolder.Find();
                string published = Path.Combine(project, "goldens", "paper");
                Terminals.Note(Checkpoint.ReadConfig(setup.Checkpoint));
                GoldenFolder? goldens = setup.IsProfileOwn ? GoldenFolder.Of(setup.Profile.Name) : null;
                VerdictPrinter printer = new(goldens, result.GetValue(json), result.GetValue(detailed));
                VerificationResult verification = Run(request, published, printer, cancellation);
                VerificationReport report = VerificationReport.Of(verification, goldens);
                Results results = Results.Of(CommonOptions.Environment(result), request.Name, verification, report);
                if (result.GetValue(output) is { } folder)
                {
                    ReportFolder.Write(folder, results);
                    VerificationPages.Write(folder, verification, setup.Profile, new PublishedWorld(published, setup.Profile));
                }

                printer.Finish(results, report, verification);
                history.Record(result, results);
                return report.AsExpected ? ExitCode.Success : ExitCode.Different;
            },
            CancellationToken.None));
        return command;
    }

    private static VerificationResult Run(VerifyRequest request, string published, VerdictPrinter printer, CancellationToken cancellation)
    {
        Setup setup = request.Setup;
        VerificationResult verification = null!;
        Terminals.WithProgress("opening the checkpoint", bar =>
        {
            RunObserver observer = new(new RunDisplay(bar).Show, printer.Print, PlanDisplay.Show);
            verification = request.WithControls
                ? VerificationRun.ExecuteWithControls(setup, request.Claims, published, observer, cancellation)
                : VerificationRun.Execute(setup, request.Claims, published, observer, cancellation);
        });
        return verification;
    }
}
