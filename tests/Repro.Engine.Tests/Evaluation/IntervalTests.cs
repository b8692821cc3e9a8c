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
    public void One_draw_is_an_interval_of_no_width() =>
        PairedBootstrap.Percentile(4, [7], 0.95).Should().Be(new Interval(4, 7, 7));
}
