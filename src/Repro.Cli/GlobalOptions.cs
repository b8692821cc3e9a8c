using System.CommandLine;

namespace Repro.Cli;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "No progress and no notes: results and errors only.", Recursive = true };
    private static readonly Option<bool> NoColor = new("--no-color") { Description = "No colours, as with NO_COLOR in the environment.", Recursive = true };

    public static void AddTo(RootCommand root)
    {
        root.Add(Quiet);
        root.Add(NoColor);
    }

    public static bool IsQuiet(ParseResult result) => result.GetValue(Quiet);

    public static bool IsColourless(ParseResult result) => result.GetValue(NoColor);
}
