using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Native;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;
using Repro.Paper.Reporting;
using Repro.Paper.Results;
using Repro.Paper.Verification;

namespace Repro.Cli.Commands;

/// <summary><c>repro verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Option<string> profile = new("--profile") { Description = "Scale to run at.", DefaultValueFactory = _ => PaperProfiles.Tiny.Name };
        Option<string[]> claims = new("--claims") { Description = "Claims or tables, for example table-14,table-05-ru-own; default: all, and the controls.", AllowMultipleArgumentsPerToken = true };
        Option<string?> checkpoint = new("--checkpoint") { Description = "Your checkpoint instead of the profile's." };
        Option<string?> corpus = new("--corpus") { Description = "Your corpus instead of the profile's." };
        Option<string?> further = new("--further-corpus") { Description = "Your text for the experiments that train on Chinese and Arabic." };
        Option<string> device = CommonOptions.Device();
        Option<string?> output = new("--out") { Description = "Folder for the report: verdicts, measurements, and pages on single findings." };
        Option<string?> cache = new("--cache") { Description = $"Folder that results are kept in; default: {ResultStore.DefaultFolder()}." };
        Option<bool> noControls = new("--no-controls") { Description = "Leave out the untrained checkpoint and the other readings of the paper." };
        Option<bool> noCache = new("--no-cache") { Description = "Measure everything again and keep nothing." };
        Option<bool> json = CommonOptions.Json();
        Option<bool> list = new("--list") { Description = "Show the claims and stop." };
        Option<bool> detailed = new("--detailed") { Description = "Print every row of every claim." };

        Command command = new("verify", "Verifies the paper's claims on a checkpoint and prints each verdict as it is reached. What was measured is kept, so a second run is fast and a stopped one goes on.\n\nExamples:\n  repro verify\n  repro verify --claims table-14 --detailed\n  repro verify --checkpoint runs/mine --corpus texts --out results")
        {
            profile, claims, checkpoint, corpus, further, device, output, cache, noCache, noControls, json, list, detailed,
        };
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                Profile chosen = PaperProfiles.Get(result.GetRequiredValue(profile));
                string[] ids = [.. (result.GetValue(claims) ?? []).SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries))];
                IReadOnlyList<Claim> selected = PaperClaims.Select(chosen, ids);
                if (result.GetValue(list))
                {
                    foreach (Claim claim in selected)
                        Console.WriteLine($"{claim.Id,-34} {claim.Table}: {claim.Sentence}");
                    return ExitCode.Success;
                }

                LibTorch.EnsureLoaded();
                string project = ProjectFolder.Find();
                string published = Path.Combine(project, "goldens", "paper");
                Setup setup = Setup.Of(chosen, project, result.GetValue(checkpoint), result.GetValue(corpus), result.GetValue(further)) with
                {
                    Device = result.GetRequiredValue(device),
                    Store = new ResultStore(result.GetValue(noCache) ? null : result.GetValue(cache) ?? ResultStore.DefaultFolder()),
                };
                Terminals.Note(Checkpoint.ReadConfig(setup.Checkpoint));
                GoldenFolder? goldens = setup.IsProfileOwn ? new GoldenFolder(Path.Combine(project, "goldens", chosen.Name)) : null;
                VerdictPrinter printer = new(goldens, result.GetValue(json), result.GetValue(detailed));
                VerificationResult verification = Run(setup, selected, withControls: ids.Length == 0 && !result.GetValue(noControls), published, printer, cancellation);
                VerificationReport report = VerificationReport.Of(verification, goldens);
                if (result.GetValue(output) is { } folder)
                    report.Write(folder, verification, chosen, new PublishedWorld(published, chosen));
                printer.Finish(report, verification);
                return report.AsExpected ? ExitCode.Success : ExitCode.Different;
            },
            CancellationToken.None));
        return command;
    }

    private static VerificationResult Run(
        Setup setup, IReadOnlyList<Claim> claims, bool withControls, string published, VerdictPrinter printer, CancellationToken cancellation)
    {
        VerificationResult verification = null!;
        Terminals.WithProgress("opening the checkpoint", bar =>
        {
            RunDisplay display = new(bar);
            verification = VerificationRun.Execute(setup, claims, published, new RunObserver(display.Show, printer.Print), cancellation);
            if (!withControls)
                return;
            verification = verification with
            {
                Untrained = UntrainedRun.Execute(setup, published, display.Show, cancellation),
                Robustness = RobustnessRun.Execute(setup, verification, published, display.Show, cancellation),
            };
        });
        return verification;
    }
}
