using System.CommandLine;
using Repro.Engine.Files;
using Repro.History;

namespace Repro.Cli.Commands;

/// <summary><c>repro history</c>.</summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        Option<string?> file = HistoryOptions.File();
        Option<bool> json = CommonOptions.Json();
        Option<string?> profile = new("--profile") { Description = "Only runs of this profile." };
        Option<int> last = new("--last") { Description = "How many runs at most, the newest ones.", DefaultValueFactory = _ => 20 };
        Argument<string> claim = new("claim") { Description = "The claim's id, as 'repro verify --list' shows it." };

        Command show = new("show", "Shows a claim's verdict in each run, with the row nearest to its bound.\n\nExamples:\n  repro history show table-14-top-3\n  repro history show table-05-ru-only --last 5 --json") { claim, last, file, json };
        show.SetAction(result =>
        {
            string id = result.GetRequiredValue(claim);
            IReadOnlyList<RecordedVerdict> verdicts = Open(result, file).Claim(id, Most(result, last));
            Console.Write(result.GetValue(json) ? HistoryJson.Of(verdicts) : HistoryText.Of(id, verdicts));
            return ExitCode.Success;
        });

        Command drift = new("drift", "Compares the newest run's numbers with earlier runs of the same profile, device class, checkpoint and corpora: beyond its golden's tolerance, or beyond the noise of at least 5 earlier runs, a number has drifted, and the exit code is 1.\n\nExamples:\n  repro history drift\n  repro history drift --profile llama2-7b --history nightly.db") { profile, file, json };
        drift.SetAction(result =>
        {
            DriftReport report = Open(result, file).Drift(result.GetValue(profile));
            Console.Write(result.GetValue(json) ? HistoryJson.Of(report) : HistoryText.Of(report));
            return report.HasDrifted ? ExitCode.Different : ExitCode.Success;
        });

        Command history = new("history", "Lists the runs of 'repro verify' and 'repro audit' that were recorded, oldest first.\n\nExamples:\n  repro history\n  repro history --profile tiny --last 5 --json") { profile, last, file, json, show, drift };
        history.SetAction(result =>
        {
            IReadOnlyList<RecordedRun> runs = Open(result, file).Runs(Most(result, last), result.GetValue(profile));
            Console.Write(result.GetValue(json) ? HistoryJson.Of(runs) : HistoryText.Of(runs));
            return ExitCode.Success;
        });
        return history;
    }

    private static RunHistory Open(ParseResult result, Option<string?> file) => new(result.GetValue(file) ?? RunHistory.DefaultFile());

    private static int Most(ParseResult result, Option<int> last) => result.GetValue(last) is > 0 and int most ? most : throw new InputException("--last must be at least 1.");
}
