using System.CommandLine;
using System.Text.RegularExpressions;
using Repro.Cli.Commands;

namespace Repro.Cli.Tests;

/// <summary>Every command says what it does and how it is called, and what it says is true.</summary>
public sealed partial class HelpTests
{
    private static IEnumerable<TestCaseData> Commands() =>
        Below(ReproCommand.Create(), []).Where(c => c.Command.Action is not null).Select(c => new TestCaseData(string.Join(' ', c.Path)));

    [TestCaseSource(nameof(Commands))]
    public void A_command_has_a_description_and_two_examples_that_it_understands(string path)
    {
        RootCommand root = ReproCommand.Create();
        Command command = Below(root, []).Single(c => string.Join(' ', c.Path) == path).Command;
        string[] parts = (command.Description ?? "").Split("\n\nExamples:\n");
        parts[0].Should().MatchRegex(@"^[A-Z].{20,}\.$", "a command says what it does");
        parts.Should().HaveCount(2, "its examples follow");
        string[] examples = [.. parts[1].Split('\n').Select(line => Example().Match(line).Value.Trim())];
        examples.Distinct().Should().HaveCountGreaterThanOrEqualTo(2);
        foreach (string example in examples)
        {
            ParseResult parsed = root.Parse(example["repro ".Length..]);
            parsed.Errors.Select(e => e.Message).Should().BeEmpty(example);
            parsed.CommandResult.Command.Should().BeSameAs(command, example);
        }
    }

    [Test]
    public void An_option_that_a_command_does_not_have_would_be_found() =>
        ReproCommand.Create().Parse("audit-paper --claims table-14").Errors.Should().NotBeEmpty();

    [Test]
    public void The_help_of_all_says_where_results_are_kept_and_what_exit_codes_mean()
    {
        ReproOutcome outcome = ReproProcess.Run("--help");
        outcome.ExitCode.Should().Be(0);
        outcome.Output.Should().Contain("results, so that a stopped run goes on").And.Contain("130  stopped by Ctrl-C").And.Contain("--quiet").And.Contain("--no-color");
        outcome.Output.Split("Commands:")[1].Should().NotContain("Examples:", "a list of commands is short");
    }

    [Test]
    public void The_help_of_a_command_shows_its_examples_also_where_what_it_requires_is_missing()
    {
        ReproOutcome outcome = ReproProcess.Run("region", "top", "--help");
        outcome.ExitCode.Should().Be(0);
        outcome.Output.Should().Contain("repro region top --importance ru.safetensors");
        outcome.Error.Should().BeEmpty();
    }

    private static IEnumerable<(Command Command, string[] Path)> Below(Command command, string[] path) =>
        command.Subcommands.Where(c => !c.Hidden).SelectMany(c => Below(c, [.. path, c.Name]).Prepend((c, [.. path, c.Name])));

    // What stands between a shell's own signs.
    [GeneratedRegex("""repro [^)>|]*""")]
    private static partial Regex Example();
}
