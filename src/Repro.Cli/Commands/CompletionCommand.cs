using System.CommandLine;
using Repro.Cli.Completion;

namespace Repro.Cli.Commands;

/// <summary><c>repro completion</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = $"{string.Join(", ", CompletionScript.Shells)}." };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        Command command = new("completion", "Prints a script that completes commands, options and their values with the Tab key. bash: add the first example to ~/.bashrc; zsh: the second to ~/.zshrc, after compinit; fish: run the third once.\n\nExamples:\n  eval \"$(repro completion bash)\"\n  eval \"$(repro completion zsh)\"\n  repro completion fish > ~/.config/fish/completions/repro.fish")
        {
            shell,
        };
        command.SetAction(result =>
        {
            Console.Write(CompletionScript.Of(result.GetRequiredValue(shell)));
            return ExitCode.Success;
        });
        return command;
    }
}
