using Repro.Report.Model;
using Repro.Report.Terminal;

namespace Repro.Report.Tests.Terminal;

public sealed class AuditTextTests
{
    [Test]
    public void An_audit_says_what_changed_and_on_which_row_within_80_columns()
    {
        string text = AuditText.Of(SampleResults.Three);
        text.Split('\n').Should().OnlyContain(line => line.Length <= 80)
            .And.Contain("claim                   paper  [1]       [2]       [3]")
            .And.Contain("table-14-top-3          Holds  Holds     Fails     -")
            .And.Contain("figure-02-concentrated  n/a    Holds     Holds     -")
            .And.Contain("hold                    3/5    2/5       1/5       -")
            .And.Contain("1 verdicts are others than on base")
            .And.Contain("table-14-top-3  [1]  Holds    Arabic 1.200 [1.000, 1.400], bound > 0")
            .And.Contain("                [2]  Fails    Arabic -0.800 [-1.000, -0.600], bound > 0");
        text.Should().Contain("[3]  lost: not verified. No checkpoint at <nowhere>").And.MatchRegex(@"3 %  base and .* 0\.410 +0\.015\n").And.MatchRegex(@"5 %  base and .* the shapes differ +0\.026\n");
    }

    [Test]
    public void More_checkpoints_than_fit_beside_each_other_stand_in_tables_below_each_other()
    {
        CheckpointResults one = SampleResults.One.Checkpoints[0];
        Results audit = Results.Of(SampleResults.One.Environment, [.. Enumerable.Range(0, 9).Select(i => one with { Name = $"model-{i}" })], []);
        string[] lines = AuditText.Of(audit).Split('\n');
        lines.Should().OnlyContain(line => line.Length <= 80);
        lines.Where(l => l.StartsWith("claim", StringComparison.Ordinal)).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])
            .Should().BeEquivalentTo(new[] { new[] { "paper", "[1]", "[2]", "[3]" }, ["paper", "[4]", "[5]", "[6]"], ["paper", "[7]", "[8]", "[9]"] });
    }

    [Test]
    public void An_audit_in_which_nothing_could_be_verified_is_the_list_of_reasons()
    {
        Results audit = Results.Of(SampleResults.One.Environment, [new CheckpointResults("lost", "It is not there.", null, [], [])], []);
        AuditText.Of(audit).Should().Be("[1]  lost: not verified. It is not there.\n");
    }
}
