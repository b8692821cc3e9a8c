using Repro.Engine.Evaluation;

namespace Repro.Engine.Tests.Evaluation;

public sealed class IntervalTests
{
    [Test]
    public void Quantiles_between_two_draws_are_interpolated()
    {
        // The quarter of 0 … 10 in two draws is 2.5.
        Interval interval = PairedBootstrap.Percentile(5, [10, 0], level: 0.5);
        interval.Should().Be(new Interval(5, 2.5, 7.5));
    }

    [Test]
    public void The_order_of_draws_does_not_matter() =>
        PairedBootstrap.Percentile(0, [3, 1, 4, 1, 5, 9, 2, 6], 0.8).Should().Be(PairedBootstrap.Percentile(0, [9, 6, 5, 4, 3, 2, 1, 1], 0.8));

    [Test]
    public void Both_tails_leave_out_half_of_what_the_level_leaves_out()
    {
        // Of 0, 1, 4, 9 … 10,000 the 10th and the 90th of a hundred steps.
        Interval interval = PairedBootstrap.Percentile(7, Enumerable.Range(0, 101).Select(i => (double)(i * i)), 0.8);
        interval.Value.Should().Be(7);
        interval.Low.Should().BeApproximately(100, 1e-9);
        interval.High.Should().BeApproximately(8100, 1e-9);
    }

    [Test]
    public void A_quantile_between_two_draws_lies_as_far_between_them_as_its_position()
    {
        // Position 0.1 · 3 = 0.3 between 0 and 10, and 2.7 between 30 and 70.
        Interval interval = PairedBootstrap.Percentile(0, [30, 0, 70, 10], 0.8);
        interval.Low.Should().BeApproximately(3, 1e-9);
        interval.High.Should().BeApproximately(58, 1e-9);
    }

    [Test]
    public void The_whole_level_reaches_from_the_least_draw_to_the_greatest() =>
        PairedBootstrap.Percentile(2, [3, 1, 2], 1).Should().Be(new Interval(2, 1, 3));

    [Test]
    public void One_draw_is_an_interval_of_no_width() =>
        PairedBootstrap.Percentile(4, [7], 0.95).Should().Be(new Interval(4, 7, 7));
}
