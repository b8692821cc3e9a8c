using System.CommandLine;
using Repro.Engine.Files;
using Repro.Report;
using Repro.Report.History;

namespace Repro.Cli.Commands;

/// <summary>The options that say where a run is recorded.</summary>
internal sealed class HistoryOptions
{
    private readonly Option<string?> file = File();
    private readonly Option<bool> none = new("--no-history") { Description = "Don't record this run." };

    /// <summary>The option that names the file.</summary>
    public static Option<string?> File() => new("--history") { Description = $"File that runs are recorded in; default: {RunHistory.DefaultFile()}." };

    public void AddTo(Command command)
    {
        command.Add(file);
        command.Add(none);
    }

    /// <summary>Records what was found. Where that fails, a sentence on standard error says so, and nothing else changes.</summary>
    public void Record(ParseResult result, Results results)
    {
        if (result.GetValue(none))
            return;
        try
        {
            new RunHistory(result.GetValue(file) ?? RunHistory.DefaultFile()).Add(results, TimeProvider.System.GetUtcNow());
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Console.Error.WriteLine($"repro: this run is not recorded: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.");
        }
    }
}
