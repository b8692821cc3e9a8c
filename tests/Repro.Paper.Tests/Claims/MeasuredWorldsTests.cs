using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Tests.Claims;

/// <summary>How a run's measurements become draws: documents are paired between conditions, random regions and seeds between texts.</summary>
public sealed class MeasuredWorldsTests
{
    private const double Tolerance = 1e-12;
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.05);
    private static readonly Condition[] Conditions = [Condition.Base, Random, Random with { Draw = 1 }];

    private Laboratory laboratory = null!;
    private MeasuredWorlds worlds = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        laboratory = SmallLaboratory.Open().With(Conditions);
        worlds = new MeasuredWorlds(laboratory);
    }

    [OneTimeTearDown]
    public void Close() => laboratory.Dispose();

    [Test]
    public void A_point_is_the_measurement_and_a_random_condition_the_mean_of_its_draws()
    {
        worlds.Point.Nats(Condition.Base, "en").Should().Be(Measured(Condition.Base, "en").NatsPerToken);
        worlds.Point.Nats(Random, "zh").Should().BeApproximately((Measured(Random, "zh").NatsPerToken + Measured(Random with { Draw = 1 }, "zh").NatsPerToken) / 2, Tolerance);
        worlds.Point.Quantity(SmallLaboratory.Even).Should().Be(0.5);
    }

    [Test]
    public void A_model_that_finds_every_token_equally_likely_has_the_log_of_the_vocabulary()
    {
        double expected = Math.Log(laboratory.Config.VocabularySize);
        worlds.Point.UniformNats.Should().Be(expected);
        worlds.Draws[5].UniformNats.Should().Be(expected);
    }

    [Test]
    public void Draws_are_resampled_under_the_texts_own_seed()
    {
        double[] expected = Resampled(Condition.Base, "en");
        worlds.Draws.Should().HaveCount(PairedBootstrap.Draws);
        worlds.Draws.Select(d => d.Nats(Condition.Base, "en")).Should().Equal(expected);
        worlds.Draws.Select(d => d.Nats(Condition.Base, "zh")).Should().Equal(Resampled(Condition.Base, "zh"));
    }

    [Test]
    public void A_random_condition_draws_which_of_its_regions_it_is_the_mean_of_and_the_same_ones_for_every_text()
    {
        int[] english = [.. Firsts("en")];
        english.Should().OnlyContain(n => n >= 0 && n <= 2);

        // Two of two with replacement: 1/4, 1/2, 1/4 of 10,000, with a standard deviation of at most 50; five of those.
        english.Count(n => n == 0).Should().BeInRange(2250, 2750);
        english.Count(n => n == 1).Should().BeInRange(4750, 5250);
        Firsts("zh").Should().Equal(english);
    }

    [Test]
    public void The_draws_of_a_quantity_are_taken_in_turn()
    {
        worlds.Draws[7].Quantity(SmallLaboratory.Even).Should().Be(0.007);
        worlds.Draws[1007].Quantity(SmallLaboratory.Even).Should().Be(0.007);
        worlds.Draws[9999].Quantity(SmallLaboratory.Exact).Should().Be(3);
    }

    [Test]
    public void An_interval_is_that_of_its_rows_draws_at_its_level()
    {
        ClaimRow row = new("en", w => w.Increase(Random, "en"));
        Interval interval = worlds.Intervals("interval", [row], 0.9).Should().ContainSingle().Subject;
        interval.Should().Be(PairedBootstrap.Percentile(row.Statistic(worlds.Point), worlds.Draws.Select(row.Statistic), 0.9));
        interval.Low.Should().BeLessThan(interval.Value);
        interval.High.Should().BeGreaterThan(interval.Value);
    }

    [Test]
    public void An_interval_is_recalled_for_the_same_claim_level_and_rows_only()
    {
        Interval Of(string name, string label, double level, double value) => worlds.Intervals(name, [new ClaimRow(label, _ => value)], level)[0];
        Of("recalled", "a", 0.95, 1).Value.Should().Be(1);
        Of("recalled", "a", 0.95, 2).Value.Should().Be(1, "it was taken before");
        Of("recalled", "a", 0.99, 2).Value.Should().Be(2);
        Of("recalled", "b", 0.95, 2).Value.Should().Be(2);
        Of("another", "a", 0.95, 2).Value.Should().Be(2);
    }

    [Test]
    public void The_profiles_reading_of_perplexity_counts_in_point_and_draws()
    {
        using Laboratory other = SmallLaboratory.Open(SmallLaboratory.Profile with { Perplexity = PerplexityReading.BatchMean }).With(Condition.Base);
        MeasuredWorlds read = new(other);
        Measurement measured = other.Recall(Condition.Base, PaperLanguages.Get("en"));
        measured.Nats(PerplexityReading.BatchMean).Should().NotBe(measured.NatsPerToken);
        read.Point.Nats(Condition.Base, "en").Should().Be(measured.Nats(PerplexityReading.BatchMean));
        read.Draws[3].Nats(Condition.Base, "en").Should().Be(PairedBootstrap.Resample(measured, SeedOf("en"), PerplexityReading.BatchMean)[3]);
    }

    private static ulong SeedOf(string text) => SplitMix.Derive(SmallLaboratory.Profile.Seed, $"bootstrap {text}");

    /// <summary>Of each draw's two regions, how many are the first: its mean tells which.</summary>
    private IEnumerable<int> Firsts(string text)
    {
        double[] first = Resampled(Random, text);
        double[] second = Resampled(Random with { Draw = 1 }, text);
        return worlds.Draws.Select((draw, i) => Enumerable.Range(0, 3).Single(n => Math.Abs((((n * first[i]) + ((2 - n) * second[i])) / 2) - draw.Nats(Random, text)) < Tolerance));
    }

    private Measurement Measured(Condition condition, string text) => laboratory.Recall(condition, PaperLanguages.Get(text));

    private double[] Resampled(Condition condition, string text) => PairedBootstrap.Resample(Measured(condition, text), SeedOf(text));
}
