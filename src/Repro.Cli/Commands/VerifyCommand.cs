using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Native;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Goldens;
using Repro.Paper.Profiles;
using Repro.Paper.Reporting;
using Repro.Paper.Verification;

namespace Repro.Cli.Commands;

/// <summary><c>repro verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Option<string> profile = new("--profile") { Description = "Scale to run at.", DefaultValueFactory = _ => PaperProfiles.Tiny.Name };
        Option<string[]> claims = new("--claims") { Description = "Claims or tables, for example table-14,table-05-ru-own; default: all.", AllowMultipleArgumentsPerToken = true };
        Option<string?> checkpoint = new("--checkpoint") { Description = "Your checkpoint instead of the profile's." };
        Option<string?> corpus = new("--corpus") { Description = "Your corpus instead of the profile's." };
        Option<string> device = CommonOptions.Device();
        Option<string?> output = new("--out") { Description = "Folder for report.json, measurements.json and verdicts.txt." };
        Option<bool> json = CommonOptions.Json();
        Option<bool> list = new("--list") { Description = "Show the claims and stop." };
        Option<bool> detailed = new("--detailed") { Description = "Print every row of every claim." };

        Command command = new("verify", "Verifies the paper's claims on a checkpoint and prints a verdict for each.\n\nExamples:\n  repro verify\n  repro verify --claims table-14 --detailed\n  repro verify --checkpoint runs/mine --corpus texts --out results")
        {
            profile, claims, checkpoint, corpus, device, output, json, list, detailed,
        };
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                IReadOnlyList<Claim> selected = PaperClaims.Select([.. (result.GetValue(claims) ?? []).SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries))]);
                if (result.GetValue(list))
                {
                    foreach (Claim claim in selected)
                        Console.WriteLine($"{claim.Id,-26} {claim.Table}: {claim.Sentence}");
                    return ExitCode.Success;
                }

                LibTorch.EnsureLoaded();
                string project = ProjectFolder.Find();
                Profile chosen = PaperProfiles.Get(result.GetRequiredValue(profile));
                Setup setup = Setup.Of(chosen, project, result.GetValue(checkpoint), result.GetValue(corpus), result.GetRequiredValue(device));
                VerificationResult verification = null!;
                Terminals.WithProgress("opening the checkpoint", bar =>
                {
                    RunDisplay display = new(bar);
                    verification = VerificationRun.Execute(setup, selected, Path.Combine(project, "goldens", "paper"), display.Show, cancellation);
                });
                VerificationReport report = VerificationReport.Of(verification, setup.IsProfileOwn ? new GoldenFolder(Path.Combine(project, "goldens", chosen.Name)) : null);
                if (result.GetValue(output) is { } folder)
                    report.Write(folder, verification);
                Print(report, verification, result.GetValue(json), result.GetValue(detailed));
                return report.AsExpected ? ExitCode.Success : ExitCode.Different;
            },
            CancellationToken.None));
        return command;
    }

    private static void Print(VerificationReport report, VerificationResult verification, bool json, bool detailed)
    {
        if (json)
        {
            Console.Write(report.ToJson());
            return;
        }

        foreach ((Verdict verdict, ReportedVerdict reported) in verification.Verdicts.Zip(report.Verdicts))
            Console.Write(detailed ? VerdictText.Detailed(verdict) + "\n" : VerdictText.Short(verdict, reported.Expected));
        Console.WriteLine(VerdictText.Rule);
        Console.WriteLine(VerdictText.Summary(verification.Verdicts));
        foreach ((string id, IReadOnlyList<string> differences) in report.GoldenDifferences ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (differences.Count > 0)
                Console.WriteLine($"golden {id} differs in {differences.Count} places: {differences[0]}");
        }

        Console.WriteLine(report switch
        {
            { AsExpected: true, GoldenDifferences: null } => "Every claim holds.",
            { AsExpected: true } => "Every verdict is the expected one, and every golden matches.",
            { GoldenDifferences: null } => "Not every claim holds on this checkpoint and corpus.",
            _ => "Verdicts or numbers differ from the goldens; 'repro goldens status' shows what was received.",
        });
    }
}
