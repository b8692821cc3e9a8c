using System.CommandLine;
using Repro.Engine.Planning;

namespace Repro.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Checkpoint() => new("--checkpoint") { Description = "Checkpoint folder in Hugging Face layout.", Required = true };

    public static Option<string> Device() => new("--device") { Description = "cpu or cuda:0.", DefaultValueFactory = _ => "cpu" };

    public static Option<string?> Memory() => new("--memory") { Description = "Host memory that may be used, for example 20GB; default: four fifths of what is free." };

    public static long? ReadMemory(ParseResult result, Option<string?> memory) => result.GetValue(memory) is { } text ? ByteSize.Parse(text) : null;

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };
}
