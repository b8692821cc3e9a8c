using System.CommandLine;
using Repro.Cli.Completion;
using Repro.Harness.Goldens;
using Repro.Papers.LinguisticRegions;
using Repro.Terminal;

namespace Repro.Cli.Commands;

/// <summary><c>repro goldens</c>.</summary>
internal static class GoldensCommand
{
    public static Command Create()
    {
        Option<string> profile = new Option<string>("--profile") { Description = "Profile whose goldens are meant.", DefaultValueFactory = _ => LinguisticRegionsPaper.OfProject.Profiles[0].Name }.WithProfiles();
        Argument<string[]> experiments = new Argument<string[]>("golden") { Description = "Tables, claims or other goldens; default: all that were received.", Arity = ArgumentArity.ZeroOrMore }.WithGoldens();

        Command status = new("status", "Shows which goldens there are and which results differ from them.\n\nExamples:\n  repro goldens status\n  repro goldens status --profile llama2-7b") { profile };
        status.SetAction(result =>
        {
            IReadOnlyList<GoldenStatus> all = Open(result.GetRequiredValue(profile)).Status();
            TerminalTable table = new(Column.Word("golden"), Column.Text("state"));
            foreach (GoldenStatus golden in all)
                table.Add(golden.Name.ToString(), Describe(golden));
            Console.Write(table);
            return all.All(g => g is { Verified: true, Received: false, Orphan: false }) ? ExitCode.Success : ExitCode.Different;
        });

        Command accept = new("accept", "Makes received results the goldens; refused in CI.\n\nExamples:\n  repro goldens accept\n  repro goldens accept table-14 table-14-top-3") { profile, experiments };
        accept.SetAction(result =>
        {
            IReadOnlyList<GoldenName> accepted = Open(result.GetRequiredValue(profile)).Accept(result.GetValue(experiments) ?? []);
            Console.WriteLine(accepted.Count == 0 ? "Nothing to accept." : $"Accepted: {string.Join(", ", accepted)}. Commit them with the reason why the numbers moved.");
            return ExitCode.Success;
        });
        return new Command("goldens", "Shows and accepts golden results.\n\nExamples:\n  repro goldens status\n  repro goldens accept table-14") { status, accept };
    }

    private static GoldenFolder Open(string profile) => GoldenFolder.Of(LinguisticRegionsPaper.OfProject, LinguisticRegionsPaper.OfProject.Profile(profile));

    private static string Describe(GoldenStatus golden) => golden switch
    {
        { Orphan: true } => "orphan: no table or claim has this name; delete it",
        { Received: true, Verified: true } => "differs: a received result waits beside it",
        { Received: true } => "new: a received result waits to be accepted",
        { Verified: true } => "verified",
        _ => "missing: run 'repro verify'",
    };
}
