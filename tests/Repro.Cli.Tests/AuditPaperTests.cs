using System.Text.Json;

namespace Repro.Cli.Tests;

public sealed class AuditPaperTests
{
    // With this no command that needs libtorch can run.
    private static readonly Dictionary<string, string> NoLibTorch = new() { ["REPRO_LIBTORCH"] = "/nonexistent" };

    [Test]
    public void The_audit_prints_findings_within_80_columns_and_counts_them_without_libtorch()
    {
        ReproOutcome outcome = ReproProcess.Run(NoLibTorch, "audit-paper");
        outcome.ExitCode.Should().Be(0, outcome.Error);
        string[] lines = outcome.Output.TrimEnd('\n').Split('\n');
        lines.Should().OnlyContain(l => l.Length <= 80);
        outcome.Output.Should().MatchRegex(@"14 +German, +one-random-draw +15\.404 +21\.404, as in.*\n +7B\.3%\.100K\.Random ");
        lines[0].Should().MatchRegex("^table +cell +rule +value +expected$");
        outcome.Output.Should().MatchRegex(@"\n\d+ findings by \d+ of \d+ rules: ");
    }

    [Test]
    public void The_audit_as_json_is_an_array_of_findings()
    {
        ReproOutcome outcome = ReproProcess.Run(NoLibTorch, "audit-paper", "--json");
        outcome.ExitCode.Should().Be(0, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement[] findings = [.. json.RootElement.EnumerateArray()];
        findings.Should().AllSatisfy(f =>
            f.EnumerateObject().Select(p => p.Name).Should().Equal("rule", "table", "where", "value", "expected"));
        findings.Select(f => (f.GetProperty("table").GetInt32(), f.GetProperty("rule").GetString())).Should().Contain((5, "caption"));
    }

    [Test]
    public void Help_has_two_examples()
    {
        ReproOutcome outcome = ReproProcess.Run("audit-paper", "--help");
        outcome.ExitCode.Should().Be(0);
        outcome.Output.Should().Contain("Examples:").And.Contain("  repro audit-paper\n").And.Contain("  repro audit-paper --json");
    }
}
