using Repro.Cli.Terminal;

namespace Repro.Cli.Tests;

/// <summary>Progress where nobody watches: on standard error, which these tests read.</summary>
[NonParallelizable]
public sealed class WorkDisplayTests
{
    private readonly ManualTime time = new();
    private StringWriter said = new();
    private TextWriter before = TextWriter.Null;

    [SetUp]
    public void Listen()
    {
        said = new StringWriter();
        before = Console.Error;
        Console.SetError(said);
    }

    [TearDown]
    public void Restore()
    {
        Console.SetError(before);
        said.Dispose();
    }

    [Test]
    public void A_line_is_printed_at_every_tenth()
    {
        WorkDisplay display = new(null, null, time);
        foreach (int done in new[] { 5, 10, 15, 20 })
        {
            time.Advance(1);
            display.Show(done, 100, "training");
        }

        Lines().Should().HaveCount(2).And.SatisfyRespectively(l => l.Should().StartWith(" 10 %"), l => l.Should().StartWith(" 20 %"));
    }

    [Test]
    public void Slow_work_is_heard_of_every_20_seconds()
    {
        WorkDisplay display = new(null, null, time);
        for (int second = 1; second <= 60; second++)
        {
            time.Advance(1);
            display.Show(second / 1000.0, 100, "training");
        }

        Lines().Should().HaveCount(3).And.AllSatisfy(l => l.Should().StartWith("  0 %").And.EndWith("training"));
    }

    private string[] Lines() => said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
