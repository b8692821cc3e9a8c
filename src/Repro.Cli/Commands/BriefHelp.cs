using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Repro.Cli.Commands;

/// <summary>Help that lists the commands below with the first paragraph of what each says of itself; its examples are in its own help.</summary>
internal sealed class BriefHelp : SynchronousCommandLineAction
{
    private readonly HelpAction full = new() { MaxWidth = 100 };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    public static void Use(RootCommand root) => root.Options.OfType<HelpOption>().Single().Action = new BriefHelp();

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        foreach (Command command in parseResult.CommandResult.Command.Subcommands)
            command.Description = command.Description?.Split("\n\n")[0];
        return full.Invoke(parseResult);
    }
}
