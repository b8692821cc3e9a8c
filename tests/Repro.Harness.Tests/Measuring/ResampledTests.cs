using Repro.Harness.Measuring;

namespace Repro.Harness.Tests.Measuring;

public sealed class ResampledTests
{
    private static readonly double[] Units = [.. Enumerable.Range(0, 25).Select(i => (double)i)];

    [Test]
    public void A_number_without_spread_has_one_draw()
    {
        Resampled exact = Resampled.Exact(0.1);
        exact.Value.Should().Be(0.1);
        exact.Draws.Should().Equal(0.1);
    }

    [Test]
    public void The_value_is_the_statistic_of_every_unit_once()
    {
        List<int[]> choices = [];
        Resampled.Over(4, Seen, seed: 1).Value.Should().Be(6);
        choices[^1].Should().Equal(0, 1, 2, 3);

        double Seen(int[] choice)
        {
            choices.Add([.. choice]);
            return choice.Sum();
        }
    }

    [Test]
    public void Every_draw_takes_as_many_units_as_there_are_with_replacement()
    {
        List<int[]> choices = [];
        Resampled resampled = Resampled.Over(5, choice =>
        {
            choices.Add([.. choice]);
            return 0;
        }, seed: 1);
        resampled.Draws.Should().HaveCount(10_000);
        choices.Should().OnlyContain(c => c.Length == 5 && c.All(i => i >= 0 && i < 5)).And.Contain(c => c.Distinct().Count() < 5);
        choices.SelectMany(c => c).Distinct().Should().HaveCount(5);
    }

    [Test]
    public void Draws_follow_their_seed()
    {
        IReadOnlyList<double> first = Mean(seed: 1).Draws;
        Mean(seed: 1).Draws.Should().Equal(first);
        Mean(seed: 2).Draws.Should().NotEqual(first);
    }

    [Test]
    public void The_spread_of_a_mean_is_its_standard_error()
    {
        Resampled mean = Mean(seed: 3);
        mean.Value.Should().Be(12);

        // √((25² − 1) / 12) is the deviation of a unit and a fifth of it that of a mean. 10,000 draws give it to 0.7 %, and their mean to 0.015; five of each.
        double expected = Math.Sqrt(52) / 5;
        double average = mean.Draws.Average();
        average.Should().BeApproximately(12, 5 * 0.015);
        Math.Sqrt(mean.Draws.Average(d => (d - average) * (d - average))).Should().BeApproximately(expected, 5 * 0.007 * expected);
    }

    [Test]
    public void One_unit_has_no_spread() => Resampled.Over(1, choice => 3 + choice[0], seed: 1).Draws.Should().OnlyContain(d => d == 3);

    private static Resampled Mean(ulong seed) => Resampled.Over(Units.Length, choice => choice.Average(i => Units[i]), seed);
}
