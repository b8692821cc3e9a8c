using Repro.Engine.Evaluation;

namespace Repro.Engine.Tests.Evaluation;

public sealed class PairedBootstrapTests
{
    private static readonly Measurement Before = new([new(10, 5), new(30, 10), new(8, 4), new(50, 12)]);

    private static Measurement After { get; } = new(
        [.. Before.Documents.Select(d => new DocumentScore(d.Nll + (0.5 * d.Tokens), d.Tokens))]);

    [Test]
    public void Perplexity_is_the_exponential_of_all_nll_over_all_tokens()
    {
        Before.Tokens.Should().Be(31);
        Before.NatsPerToken.Should().Be(98.0 / 31);
        Before.Perplexity.Should().Be(Math.Exp(98.0 / 31));
    }

    [Test]
    public void What_is_common_to_both_measurements_cancels()
    {
        double[][] draws = [PairedBootstrap.Resample(Before, seed: 1), PairedBootstrap.Resample(After, seed: 1)];
        AreHalfANatApart(draws[0], draws[1]);
        draws[0].Distinct().Should().HaveCountGreaterThan(10);
    }

    [Test]
    public void Draws_follow_their_seed()
    {
        PairedBootstrap.Resample(Before, 1).Should().Equal(PairedBootstrap.Resample(Before, 1));
        PairedBootstrap.Resample(Before, 1).Should().NotEqual(PairedBootstrap.Resample(Before, 2));
    }

    [TestCase(PerplexityReading.PerToken)]
    [TestCase(PerplexityReading.BatchMean)]
    public void Measurements_of_some_of_the_documents_share_the_draws_of_all(PerplexityReading reading)
    {
        int[] odd = [1, 3];
        Measurement part = new([.. odd.Select(i => Before.Documents[i])]);
        double[][] together = PairedBootstrap.Resample([(Before, [0, 1, 2, 3]), (part, odd)], new DocumentDraws(4, seed: 1), reading);
        together[0].Should().Equal(PairedBootstrap.Resample(Before, 1, reading));

        // Whatever a draw holds of two documents: their ratio of sums, or one of them alone.
        double[] possible = [.. from first in Enumerable.Range(0, 5) from second in Enumerable.Range(0, 5 - first) where first + second > 0 select ((first * 30.0) + (second * 50.0)) / ((first * 10) + (second * 12))];
        together[1].Should().OnlyContain(nats => possible.Any(p => Math.Abs(p - nats) < 1e-12));
        together[1].Distinct().Should().HaveCountGreaterThan(5);
    }

    [Test]
    public void Draws_of_too_many_documents_to_keep_are_made_again_alike()
    {
        const int Documents = 50_000;
        DocumentDraws draws = new(Documents, seed: 1, count: 400);
        List<int>[] passes = [[], []];
        foreach (List<int> pass in passes)
            draws.ForEach((_, places) => pass.Add(places[^1]));
        passes[0].Should().HaveCount(400).And.Equal(passes[1]).And.OnlyContain(place => place >= 0 && place < Documents);
        passes[0].Distinct().Should().HaveCountGreaterThan(390, "each draw is another");
    }

    [Test]
    public void A_draw_without_any_of_a_measurements_documents_has_its_estimate_on_all_of_them()
    {
        Measurement last = new([Before.Documents[3]]);
        PairedBootstrap.Resample([(last, [3])], new DocumentDraws(4, seed: 1))[0].Should().OnlyContain(nats => nats == 50.0 / 12, "3 in 10 draws have none");
    }

    [Test]
    public void The_mean_over_draws_is_the_documents_own()
    {
        Measurement even = new([.. Enumerable.Range(0, 20).Select(i => new DocumentScore(i, 10))]);

        // The standard error of a draw is 0.13 nats, that of the mean over 10,000 draws 0.0013; five of those.
        PairedBootstrap.Resample(even, 3).Average().Should().BeApproximately(even.NatsPerToken, 0.0065);
    }

    [Test]
    public void An_interval_holds_its_share_of_the_draws()
    {
        Interval interval = PairedBootstrap.Percentile(50, Enumerable.Range(0, 101).Select(i => (double)i), 0.9);
        interval.Low.Should().BeApproximately(5, 1e-9);
        interval.High.Should().BeApproximately(95, 1e-9);
    }

    [Test]
    public void The_batch_mean_weighs_batches_alike_whatever_their_tokens()
    {
        // 16 documents of 1 nat on 1 token, then one of 6 nats on 3 tokens: (1 + 2) / 2 by batches, 22 / 19 by tokens.
        Measurement uneven = new([.. Enumerable.Repeat(new DocumentScore(1, 1), 16), new DocumentScore(6, 3)]);
        uneven.Nats(PerplexityReading.BatchMean).Should().Be(1.5);
        uneven.Nats(PerplexityReading.PerToken).Should().BeApproximately(22.0 / 19, 1e-12);
        double[] draws = PairedBootstrap.Resample(uneven, 1, PerplexityReading.BatchMean);
        draws.Min().Should().BeGreaterThanOrEqualTo(1);
        draws.Max().Should().BeLessThanOrEqualTo(2);
    }

    [Test]
    public void What_is_common_cancels_batch_by_batch_too()
    {
        Measurement before = new([.. Enumerable.Range(0, 35).Select(i => new DocumentScore(10 + (i % 7), 5 + (i % 3)))]);
        Measurement after = new([.. before.Documents.Select(d => new DocumentScore(d.Nll + (0.5 * d.Tokens), d.Tokens))]);
        AreHalfANatApart(
            PairedBootstrap.Resample(before, 1, PerplexityReading.BatchMean),
            PairedBootstrap.Resample(after, 1, PerplexityReading.BatchMean));
    }

    [Test]
    public void A_draw_of_17_documents_is_the_mean_of_a_batch_of_16_and_one_of_1()
    {
        // Documents of 0 or 1 nat on one token: sixteenths of the first batch and none or all of the second, each of them for a half.
        Measurement measurement = new([.. Enumerable.Range(0, 17).Select(i => new DocumentScore(i < 8 ? 1 : 0, 1))]);
        double[] draws = PairedBootstrap.Resample(measurement, 1, PerplexityReading.BatchMean);
        draws.Distinct().Should().BeSubsetOf(Enumerable.Range(0, 33).Select(i => i / 32.0));

        // p = 8/17: the mean is p, the variance (p(1 − p) / 16 + p(1 − p)) / 4. 10,000 draws give the deviation to 0.7 %; five of those,
        // and five standard errors.
        double p = 8 / 17.0;
        double deviation = Math.Sqrt(p * (1 - p) * 17 / 64);
        draws.Average().Should().BeApproximately(p, 5 * deviation / 100);
        Math.Sqrt(draws.Average(v => (v - p) * (v - p))).Should().BeApproximately(deviation, 0.035 * deviation);
    }

    [Test]
    public void Thirty_two_documents_are_two_batches()
    {
        // The first batch has 1 nat a token, the second 3 on twice the tokens.
        Measurement measurement = new(
            [.. Enumerable.Repeat(new DocumentScore(1, 1), 16), .. Enumerable.Repeat(new DocumentScore(6, 2), 16)]);
        measurement.Nats(PerplexityReading.BatchMean).Should().Be(2);
        measurement.Nats(PerplexityReading.PerToken).Should().BeApproximately(112 / 48.0, 1e-12);
        measurement.Nats(PerplexityReading.PerToken).Should().Be(measurement.NatsPerToken);
    }

    [Test]
    public void The_unigram_bound_is_the_entropy_of_the_text() =>
        UnigramModel.NatsPerToken([[1, 5, 6, 2], [1, 5, 2]]).Should().BeApproximately(
            -((0.4 * Math.Log(0.4)) + (0.2 * Math.Log(0.2)) + (0.4 * Math.Log(0.4))), 1e-12);

    private static void AreHalfANatApart(double[] before, double[] after)
    {
        double[] differences = [.. after.Zip(before, (a, b) => a - b)];
        differences.Min().Should().BeApproximately(0.5, 1e-9);
        differences.Max().Should().BeApproximately(0.5, 1e-9);
    }
}
