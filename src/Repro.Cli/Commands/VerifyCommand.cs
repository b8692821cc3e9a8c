using System.CommandLine;
using System.Diagnostics;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Native;
using Repro.Engine.Planning;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Reporting;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions;
using Repro.Papers.LinguisticRegions.Pages;
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
                    foreach (Claim claim in options.Listed(result))
                        table.Add(claim.Id, $"{claim.Table}: {claim.Sentence}");
                    Console.Write(table);
                    return ExitCode.Success;
                }

                LibTorch.EnsureLoaded();
                VerifyRequest request = options.Read(result);
                if (cluster.AreChosen(result))
                    return cluster.Start(result, result.GetValue(json), request, cancellation);

                RunConfiguration configuration = request.Configuration;
                LinguisticRegionsPaper paper = LinguisticRegionsPaper.OfProject;
                Terminals.Note(Checkpoint.ReadConfig(configuration.Checkpoint));
                Terminals.Note(configuration);
                GoldenFolder? goldens = configuration.IsProfileOwn ? GoldenFolder.Of(paper, configuration.Profile) : null;
                GoldenComparison? comparison = goldens is null ? null : new(goldens, paper, configuration.Profile);
                VerdictKind? Expected(Claim claim) => comparison is null ? VerdictKind.Holds : comparison.Expected(claim);
                VerdictPrinter printer = new(Expected, result.GetValue(json), result.GetValue(detailed));
                Stopwatch watch = Stopwatch.StartNew();
                VerificationResult verification = Run(request, printer, cancellation);
                Performance? performance = PerformanceOf(verification, watch.Elapsed, configuration);
                IReadOnlyList<ComparedGolden>? compared = comparison?.Compare(verification);
                VerificationReport report = VerificationReport.From(verification, compared, Expected);
                goldens?.WriteReceived(compared!);
                Results results = Results.Of(CommonOptions.Environment(result), request.Name, verification, report) with { Performance = performance };
                if (result.GetValue(output) is { } folder)
                {
                    ReportFolder.Write(folder, results);
                    VerificationPages.Write(folder, verification, PaperPages.Of(paper, configuration.Profile, verification));
                }

                printer.Finish(results, report, verification);
                history.Record(result, results);
                return report.AsExpected ? ExitCode.Success : ExitCode.Different;
            },
            CancellationToken.None));
        return command;
    }

    // A run that recalled everything has no rate.
    private static Performance? PerformanceOf(VerificationResult verification, TimeSpan elapsed, RunConfiguration configuration) => verification.Operations == 0
        ? null
        : new(verification.Operations, elapsed.TotalSeconds, GemmRate.Measure(Devices.Parse(configuration.Device)[0]).OperationsPerSecond);

    private static VerificationResult Run(VerifyRequest request, VerdictPrinter printer, CancellationToken cancellation)
    {
        VerificationResult verification = null!;
        Terminals.WithProgress("opening the checkpoint", bar => verification = VerificationRun.Execute(
            LinguisticRegionsPaper.OfProject,
            request.Configuration,
            request.Claims,
            request.Depth,
            new RunObserver(new RunDisplay(bar).Show, printer.Print, PlanDisplay.Show),
            cancellation));
        return verification;
    }
}
