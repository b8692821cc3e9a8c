using Repro.Engine.Evaluation;

namespace Repro.Engine.Tests.Evaluation;

public sealed class BootstrapSpreadTests
{
    [Test]
    public void There_are_ten_thousand_draws()
    {
        double[] draws = PairedBootstrap.Resample(new([new(3, 2)]), 1);
        draws.Should().HaveCount(10_000);
        draws.Distinct().Should().Equal([1.5], "one document is always itself");
    }

    [Test]
    public void Two_documents_are_drawn_with_replacement()
    {
        double[] draws = PairedBootstrap.Resample(new([new(0, 1), new(1, 1)]), 1);

        // Both, or one of them twice: 1/4, 1/2, 1/4 of 10,000 draws, each with a standard deviation of at most 50; four of those.
        draws.Distinct().Order().Should().Equal(0, 0.5, 1);
        draws.Count(v => v == 0).Should().BeInRange(2300, 2700);
        draws.Count(v => v == 0.5).Should().BeInRange(4800, 5200);
    }

    [Test]
    public void Documents_weigh_by_their_tokens()
    {
        // 8 nats on 2 tokens and 2 nats on 8: 10/10 together, 4 and 1/4 alone.
        double[] draws = PairedBootstrap.Resample(new([new(8, 2), new(2, 8)]), 1);
        draws.Distinct().Order().Should().Equal(0.25, 1, 4);
    }

    [Test]
    public void The_spread_is_the_standard_error_of_a_mean()
    {
        // 0 … 24 over 25 documents: population variance (25² − 1) / 12 = 52, so √(52 / 25) in the mean; 10,000 draws give it to 0.7 %; four
        // of those.
        Measurement even = new([.. Enumerable.Range(0, 25).Select(i => new DocumentScore(i, 1))]);
        double[] draws = PairedBootstrap.Resample(even, 8);
        double mean = draws.Average();
        Math.Sqrt(draws.Average(d => (d - mean) * (d - mean))).Should().BeApproximately(Math.Sqrt(52 / 25.0), 0.028 * Math.Sqrt(52 / 25.0));
    }
}
