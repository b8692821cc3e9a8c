using Repro.Cli.Terminal;

namespace Repro.Cli.Tests;

public sealed class WorkPaceTests
{
    private readonly ManualTime time = new();

    [Test]
    public void Throughput_and_time_left_are_those_of_the_work_so_far()
    {
        WorkPace pace = new(time);
        pace.Text(1000, "tokens").Should().BeEmpty("nothing is known yet");
        time.Advance(10);
        pace.Add(200);
        pace.Text(1000, "tokens").Should().Be("20 tokens/s, 40 s left");
        pace.Text(1000, null).Should().Be("40 s left");
    }

    [Test]
    public void What_was_recalled_at_once_does_not_count_for_longer_than_half_a_minute()
    {
        WorkPace pace = new(time);
        pace.Add(1_000_000);
        for (int second = 1; second <= 60; second++)
        {
            time.Advance(1);
            pace.Add(1_000_000 + (second * 100));
        }

        pace.Text(1_012_000, "tokens").Should().Be("100 tokens/s, 60 s left");
    }

    [Test]
    public void Units_that_come_once_in_minutes_have_a_pace_too()
    {
        WorkPace pace = new(time);
        for (int i = 1; i <= 3; i++)
        {
            time.Advance(100);
            pace.Add(i);
        }

        pace.Text(10, "units").Should().Be("0.0 units/s, 12 min left");
    }

    [Test]
    public void Other_work_begins_with_a_pace_of_its_own()
    {
        WorkPace pace = new(time);
        time.Advance(10);
        pace.Add(50_000_000);
        pace.Text(100_000_000, "weights").Should().Be("5.0 M weights/s, 10 s left");
        pace.Add(0);
        time.Advance(10);
        pace.Add(10);
        pace.Text(36_010, "tokens").Should().Be("1.0 tokens/s, 10.0 h left");
    }
}
