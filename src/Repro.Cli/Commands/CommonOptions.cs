using System.CommandLine;
using System.CommandLine.Parsing;
using Repro.Cli.Completion;
using Repro.Engine.Planning;
using Repro.Report.Model;

namespace Repro.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    private static readonly string[] WhereTo = ["--out", "--cache", "--history", "--no-history", "--json"];

    public static Option<string> Checkpoint() => new("--checkpoint") { Description = "Checkpoint folder in Hugging Face layout.", Required = true };

    public static Option<string> Device() => new Option<string>("--device") { Description = "cpu, cuda:0, several like cuda:0,cuda:1, or cuda:all.", DefaultValueFactory = _ => "cpu" }.WithDevices();

    public static Option<string?> Memory() => new("--memory") { Description = "Host memory that may be used, for example 20GB; default: four fifths of what is free." };

    public static long? ReadMemory(ParseResult result, Option<string?> memory) => result.GetValue(memory) is { } text ? ByteSize.Parse(text) : null;

    public static Option<string> Run() => new("--run") { Description = "The run's folder, as 'repro verify --engine slurm' printed it.", Required = true };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    /// <summary>What a command runs on. Where it writes to is left out of the command line: it changes nothing that is measured.</summary>
    public static RunEnvironment Environment(ParseResult result)
    {
        List<string> words = ["repro"];
        bool skipping = false;
        foreach (Token token in result.Tokens)
        {
            skipping = token.Type == TokenType.Option ? WhereTo.Contains(token.Value) : skipping && token.Type == TokenType.Argument;
            if (!skipping)
                words.Add(token.Value.Contains(' ', StringComparison.Ordinal) ? $"'{token.Value}'" : token.Value);
        }

        return RunEnvironment.Now(string.Join(' ', words));
    }
}
