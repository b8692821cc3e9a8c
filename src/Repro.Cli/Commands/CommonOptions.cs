using System.CommandLine;

namespace Repro.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Checkpoint() => new("--checkpoint") { Description = "Checkpoint folder in Hugging Face layout.", Required = true };

    public static Option<string> Device() => new("--device") { Description = "cpu or cuda:0.", DefaultValueFactory = _ => "cpu" };

    public static Option<string> Run() => new("--run") { Description = "The run's folder, as 'repro verify --engine slurm' printed it.", Required = true };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };
}
