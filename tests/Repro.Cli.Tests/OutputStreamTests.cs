using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Repro.Cli.Tests;

/// <summary>
/// Results on standard output, progress and notes on standard error, and neither colours nor notes where they are not wanted.
/// </summary>
public sealed partial class OutputStreamTests
{
    private const int Columns = 80;
    private static readonly string[] Perplexity =
        ["perplexity", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "en"];

    [Test]
    public void Standard_output_is_json_alone_and_progress_is_on_standard_error()
    {
        ReproOutcome outcome = ReproProcess.Run([.. Perplexity, "--json"]);
        outcome.ExitCode.Should().Be(0, outcome.Error);
        FluentActions.Invoking(() => JsonDocument.Parse(outcome.Output)).Should().NotThrow();
        string[] lines = outcome.Error.TrimEnd().Split('\n');
        lines.Should().AllSatisfy(line =>
            line.Should().MatchRegex(@"^ *\d+ %  [\d,.]+( M)? tokens/s, \d+ (s|min) left  perplexity en$").And.MatchRegex("^.{1,80}$"));
        lines.Should().HaveCountLessThanOrEqualTo(10).And.ContainMatch("100 %*");
    }

    [Test]
    public void Quiet_leaves_the_results_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        ReproOutcome quiet = ReproProcess.Run([.. Perplexity, "--quiet"]);
        quiet.Error.Should().BeEmpty();
        quiet.Output.Should().StartWith("en perplexity");

        string[] random = ["region", "random", "--checkpoint", ReproProcess.Tiny, "--ratio", "0.03", "--out", folder.File("r")];
        ReproProcess.Run(random).Error.Should().Contain("weights written to");
        ReproOutcome silent = ReproProcess.Run([.. random, "-q"]);
        (silent.ExitCode, silent.Output, silent.Error).Should().Be((0, "", ""));
    }

    [Test]
    public void Quiet_keeps_errors()
    {
        ReproOutcome outcome = ReproProcess.Run("perplexity", "--checkpoint", "nowhere", "--text", "none", "--quiet");
        outcome.ExitCode.Should().Be(2);
        outcome.Error.Should().Contain("nowhere");
    }

    [Test]
    public void In_a_terminal_there_is_a_bar_of_80_columns_with_time_left_and_throughput()
    {
        string screen = InTerminal([], Perplexity);
        screen.Should().MatchRegex(Colour(), "a terminal that has colours gets them");
        string[] lines = [.. Escape().Replace(Colour().Replace(screen, ""), "\n").Split('\n', '\r').Select(line => line.TrimEnd())];
        string.Join('\n', lines).Should().MatchRegex(@"\d+% .*tokens/s, \d+ (s|min) left  perplexity en");
        lines.Where(line => line.Contains('%', StringComparison.Ordinal))
            .Should().AllSatisfy(line => line.Length.Should().BeLessThanOrEqualTo(Columns));
        lines.Should().ContainMatch("en perplexity*");
    }

    [TestCase("NO_COLOR=1")]
    [TestCase("--no-color")]
    public void Without_colours_a_terminal_gets_no_colour_code(string how)
    {
        string screen = how.StartsWith("--", StringComparison.Ordinal)
            ? InTerminal([], [.. Perplexity, how])
            : InTerminal([how], Perplexity);
        screen.Should().Contain("tokens/s").And.Contain("en perplexity");
        Colour().Matches(screen).Select(m => m.Value[1..]).Distinct().Should().BeEmpty();
    }

    [Test]
    public void In_a_terminal_quiet_shows_the_result_alone()
    {
        string screen = InTerminal([], [.. Perplexity, "--quiet"]);
        Escape().Replace(screen, "").Trim().Should().StartWith("en perplexity").And.NotContain("\n");
        screen.Should().NotMatchRegex(Colour());
    }

    // 'script' of util-linux runs a command under a pseudo-terminal.
    private static string InTerminal(string[] environment, string[] arguments)
    {
        if (!File.Exists("/usr/bin/script"))
            Assert.Ignore("There is no /usr/bin/script; install the package 'bsdutils' (util-linux) to run this test.");
        string command = string.Join(' ', arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "repro.dll")).Select(a => $"'{a}'"));
        ProcessStartInfo start = ReproProcess.StartProgram(
            "script", Project.Folder, "-qec", $"stty cols {Columns} rows 24; exec env {string.Join(' ', environment)} dotnet {command}",
            "/dev/null");
        start.RedirectStandardInput = true;
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        ReproOutcome outcome = ReproProcess.Finish(start);
        outcome.ExitCode.Should().Be(0, outcome.Output);
        return outcome.Output;
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex("\u001b(\\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex Escape();
}
