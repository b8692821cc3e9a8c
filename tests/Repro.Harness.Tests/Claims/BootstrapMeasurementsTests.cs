using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Claims;

/// <summary>How a run's measurements become draws: documents are paired between conditions, random regions and seeds between texts.</summary>
public sealed class BootstrapMeasurementsTests
{
    private const double Tolerance = 1e-12;
    private static readonly Profile Profile = HandMadeProfile.Small;
    private static readonly TestText First = HandMadeProfile.First;
    private static readonly TestText Second = HandMadeProfile.Second;
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.05);
    private static readonly RegionRemoval OtherDraw = new(RegionKind.Random, 0.05, draw: 1);

    private static readonly MeasurementSet Measured = HandMadeSet.Empty.With(
    [
        (Condition.Base, First, HandMadeSet.Documents(1)),
        (Random, First, HandMadeSet.Documents(2)),
        (OtherDraw, First, HandMadeSet.Documents(3)),
        (Condition.Base, Second, HandMadeSet.Documents(4)),
        (Random, Second, HandMadeSet.Documents(5)),
        (OtherDraw, Second, HandMadeSet.Documents(6)),
    ]);

    private static readonly PointMeasurements Point = new(Measured, Profile);
    private static readonly BootstrapMeasurements Draws = new(Measured, Profile);

    [Test]
    public void A_point_is_the_measurement_and_a_random_condition_the_mean_of_its_draws()
    {
        Point.Count.Should().Be(1);
        Point.LogPerplexity(Condition.Base, First).Should().Equal(Measured[Condition.Base, First].NatsPerToken);
        Point.LogPerplexity(Random, Second).Should().ContainSingle().Which.Should().BeApproximately((Measured[Random, Second].NatsPerToken + Measured[OtherDraw, Second].NatsPerToken) / 2, Tolerance);
        Point.Quantity(SmallSession.Even).Should().Equal(0.5);
    }

    [Test]
    public void A_model_that_finds_every_token_equally_likely_has_the_log_of_the_vocabulary()
    {
        Point.UniformNats.Should().Be(Math.Log(256));
        Draws.UniformNats.Should().Be(Math.Log(256));
    }

    [Test]
    public void Draws_are_resampled_under_the_texts_own_seed()
    {
        Draws.Count.Should().Be(PairedBootstrap.Draws);
        Draws.LogPerplexity(Condition.Base, First).Should().Equal(Resampled(Condition.Base, First));
        Draws.LogPerplexity(Condition.Base, Second).Should().Equal(Resampled(Condition.Base, Second));
    }

    [Test]
    public void A_random_condition_draws_which_of_its_regions_it_is_the_mean_of_and_the_same_ones_for_every_text()
    {
        int[] firsts = [.. Firsts(First)];
        firsts.Should().HaveCount(PairedBootstrap.Draws).And.OnlyContain(n => n >= 0 && n <= 2);

        // Two of two with replacement: 1/4, 1/2, 1/4 of 10,000, with a standard deviation of at most 50; five of those.
        firsts.Count(n => n == 0).Should().BeInRange(2250, 2750);
        firsts.Count(n => n == 1).Should().BeInRange(4750, 5250);
        Firsts(Second).Should().Equal(firsts);
    }

    [Test]
    public void Draws_on_a_share_of_the_documents_are_paired_with_the_base_on_that_share()
    {
        // Each draw adds the same to every token: no draw of documents moves what it adds.
        Measurement all = new([.. Enumerable.Range(0, 40).Select(i => new DocumentScore(10 + (i % 7), 3 + (i % 5)))]);
        Measurement Raised(int share, double nats) => new([.. all.Documents.Where((_, i) => i % 2 == share).Select(d => d with { Nll = d.Nll + (nats * d.Tokens) })]);
        MeasurementSet set = Measured with { Shares = Profile.Shares };
        set = set.With([(Condition.Base, First, all), (Random, First, Raised(0, 0.5)), (OtherDraw, First, Raised(1, 0.7))]);
        Statistic increase = Measures.Increase(Random, First);
        increase.Evaluate(new PointMeasurements(set, Profile))[0].Should().BeApproximately(0.6, Tolerance);
        increase.Evaluate(new BootstrapMeasurements(set, Profile)).Should().OnlyContain(nats => new[] { 0.5, 0.6, 0.7 }.Any(mean => Math.Abs(mean - nats) < Tolerance));
    }

    [Test]
    public void The_draws_of_a_quantity_are_taken_in_turn()
    {
        double[] even = Draws.Quantity(SmallSession.Even);
        even.Should().HaveCount(PairedBootstrap.Draws);
        (even[7], even[1007]).Should().Be((0.007, 0.007));
        Draws.Quantity(SmallSession.Exact)[9999].Should().Be(3);
    }

    [Test]
    public void An_interval_is_that_of_its_statistics_draws_at_its_level()
    {
        Statistic increase = Measures.Increase(Random, First);
        Interval interval = Draws.Interval(increase, 0.9);
        double[] byHand = [.. Draws.LogPerplexity(Random, First).Zip(Draws.LogPerplexity(Condition.Base, First), (edited, plain) => edited - plain)];
        interval.Should().Be(PairedBootstrap.Percentile(increase.Evaluate(Point)[0], byHand, 0.9));
        interval.Low.Should().BeLessThan(interval.Value);
        interval.High.Should().BeGreaterThan(interval.Value);
    }

    [Test]
    public void Statistics_that_read_the_same_cell_share_its_draws_and_other_cells_have_their_own()
    {
        BootstrapMeasurements fresh = new(Measured, Profile);
        fresh.LogPerplexity(Random, First).Should().BeSameAs(fresh.LogPerplexity(Random, First), "it was drawn before");
        fresh.LogPerplexity(Random, Second).Should().NotEqual(fresh.LogPerplexity(Random, First));
        fresh.LogPerplexity(Condition.Base, First).Should().NotEqual(fresh.LogPerplexity(Random, First));
    }

    [Test]
    public void The_level_of_an_interval_is_its_own()
    {
        Interval narrow = Draws.Interval(Measures.Quantity(SmallSession.Even), 0.9);
        Interval wide = Draws.Interval(Measures.Quantity(SmallSession.Even), 0.99);
        wide.Low.Should().BeLessThan(narrow.Low);
        wide.High.Should().BeGreaterThan(narrow.High);
    }

    [Test]
    public void The_reading_of_perplexity_counts_in_point_and_draws()
    {
        MeasurementSet read = Measured with { Perplexity = PerplexityReading.BatchMean };
        Measurement documents = read[Condition.Base, First];
        documents.Nats(PerplexityReading.BatchMean).Should().NotBe(documents.NatsPerToken);
        new PointMeasurements(read, Profile).LogPerplexity(Condition.Base, First).Should().Equal(documents.Nats(PerplexityReading.BatchMean));
        new BootstrapMeasurements(read, Profile).LogPerplexity(Condition.Base, First)[3].Should().Be(PairedBootstrap.Resample(documents, SeedOf(First), PerplexityReading.BatchMean)[3]);
    }

    private static ulong SeedOf(TestText text) => SplitMix.Derive(Profile.Seed, $"bootstrap {text.Key}");

    /// <summary>Of each draw's two regions, how many are the first: its mean tells which.</summary>
    private static IEnumerable<int> Firsts(TestText text)
    {
        double[] first = Resampled(Random, text);
        double[] second = Resampled(OtherDraw, text);
        return Draws.LogPerplexity(Random, text).Select((nats, i) => Enumerable.Range(0, 3).Single(n => Math.Abs((((n * first[i]) + ((2 - n) * second[i])) / 2) - nats) < Tolerance));
    }

    private static double[] Resampled(Condition condition, TestText text) => PairedBootstrap.Resample(Measured[condition, text], SeedOf(text));
}
