using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Claims;

/// <summary>How a run's measurements become draws: documents are paired between conditions and texts, random regions and seeds between texts.</summary>
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

    private static readonly ulong Seed = SplitMix.Derive(Profile.Seed, "bootstrap of 20 documents");
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
    public void Texts_with_as_many_documents_share_their_resamples()
    {
        Draws.Count.Should().Be(PairedBootstrap.Draws);
        Draws.LogPerplexity(Condition.Base, First).Should().Equal(Resampled(Condition.Base, First));
        Draws.LogPerplexity(Condition.Base, Second).Should().Equal(Resampled(Condition.Base, Second));

        // The second text is a translation that costs 0.25 nats more in every document: their difference is certain, as it is not between texts of other lengths.
        Measurement text = HandMadeSet.Documents(1);
        Measurement translated = new([.. text.Documents.Select(d => d with { Nll = d.Nll + (0.25 * d.Tokens) })]);
        Statistic difference = Measures.LogPerplexity(Condition.Base, Second) - Measures.LogPerplexity(Condition.Base, First);
        double[] Differences(Measurement second) => difference.Evaluate(new BootstrapMeasurements(HandMadeSet.Empty.With([(Condition.Base, First, text), (Condition.Base, Second, second)]), Profile));
        Differences(translated).Should().OnlyContain(d => Math.Abs(d - 0.25) < Tolerance);
        Differences(new Measurement([.. translated.Documents.Skip(1)])).Should().Contain(d => Math.Abs(d - 0.25) > 0.01);
    }

    [Test]
    public void A_random_condition_is_the_mean_of_its_draws_in_every_resample()
    {
        double[] byHand = [.. Resampled(Random, First).Zip(Resampled(OtherDraw, First), (a, b) => (a + b) / 2)];
        Draws.LogPerplexity(Random, First).Should().Equal(byHand, (a, b) => Math.Abs(a - b) < Tolerance);
    }

    [Test]
    public void Draws_on_a_share_of_the_documents_are_paired_with_the_base_on_that_share()
    {
        // Each draw adds the same to every token: no draw of documents moves what it adds.
        Measurement all = new([.. Enumerable.Range(0, 40).Select(i => new DocumentScore(10 + (i % 7), 3 + (i % 5)))]);
        Measurement Raised(int share, double nats) => new([.. all.Documents.Where((_, i) => i % 2 == share).Select(d => d with { Nll = d.Nll + (nats * d.Tokens) })]);
        Profile halves = Profile with { Shares = new(2) };
        MeasurementSet set = Measured with { Shares = halves.Shares };
        set = set.With([(Condition.Base, First, all), (Random, First, Raised(0, 0.5)), (OtherDraw, First, Raised(1, 0.7))]);
        Statistic increase = Measures.Increase(Random, First);
        increase.Evaluate(new PointMeasurements(set, halves))[0].Should().BeApproximately(0.6, Tolerance);
        increase.Evaluate(new BootstrapMeasurements(set, halves)).Should().OnlyContain(nats => Math.Abs(nats - 0.6) < Tolerance);
    }

    [Test]
    public void Nats_per_document_are_sums_over_the_documents_of_each_resample()
    {
        // What a document adds times what there is of it is a mean of sums: no tokens are needed to make it by hand.
        RegionRemoval top = new(RegionKind.Top, 0.05);
        (Measurement plain, Measurement edited) = (HandMadeSet.Documents(1), HandMadeSet.Documents(2));
        edited = new([.. plain.Documents.Zip(edited.Documents, (p, e) => p with { Nll = e.Nll })]);
        MeasurementSet set = HandMadeSet.Empty.With([(Condition.Base, First, plain), (top, First, edited)]);
        Statistic added = Measures.PerDocument(Measures.Increase(top, First), First);
        double[] sums = [.. plain.Documents.Zip(edited.Documents, (p, e) => e.Nll - p.Nll)];
        added.Evaluate(new PointMeasurements(set, Profile))[0].Should().BeApproximately(sums.Average(), 1e-9);
        double[] byHand = PairedBootstrap.Resample(new Measurement([.. sums.Select(s => new DocumentScore(s, 1))]), Seed);
        added.Evaluate(new BootstrapMeasurements(set, Profile)).Should().Equal(byHand, (a, b) => Math.Abs(a - b) < 1e-9);
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
    public void Where_only_documents_vary_an_interval_is_that_of_its_statistics_resamples()
    {
        Statistic difference = Measures.LogPerplexity(Condition.Base, First) - Measures.LogPerplexity(Condition.Base, Second);
        Interval interval = Draws.Interval(difference, 0.9);
        double[] byHand = [.. Draws.LogPerplexity(Condition.Base, First).Zip(Draws.LogPerplexity(Condition.Base, Second), (first, second) => first - second)];
        interval.Should().Be(PairedBootstrap.Percentile(difference.Evaluate(Point)[0], byHand, 1 - (2 * ((1 - 0.9) / 2))));
        interval.Low.Should().BeLessThan(interval.Value);
        interval.High.Should().BeGreaterThan(interval.Value);
    }

    [Test]
    public void Where_draws_vary_too_it_is_students_with_both_variances()
    {
        Statistic increase = Measures.Increase(Random, First);
        StudentSpread spread = Draws.Spread(increase).Should().BeOfType<StudentSpread>().Subject;
        spread.Value.Should().Be(increase.Evaluate(Point)[0]);

        // Two draws: half their distance is the standard error of their mean. 20 documents: a bootstrap lacks a twentieth of the variance.
        double distance = Measured[Random, First].NatsPerToken - Measured[OtherDraw, First].NatsPerToken;
        double[] resamples = increase.Evaluate(Draws);
        double average = resamples.Average();
        spread.Parts.Should().HaveCount(2);
        spread.Parts[0].Variance.Should().BeApproximately(resamples.Average(r => (r - average) * (r - average)) * 20 / 19, 1e-9);
        spread.Parts[0].Degrees.Should().Be(19);
        spread.Parts[1].Variance.Should().BeApproximately(distance * distance / 4, Tolerance);
        spread.Parts[1].Degrees.Should().Be(1);
        spread.IsExact.Should().BeFalse();
    }

    [Test]
    public void Draws_are_left_out_of_every_text_together()
    {
        // The draws differ by 1 in both texts: in the difference of texts nothing is left of that.
        Measurement Raised(TestText text, double nats) => new([.. Measured[Condition.Base, text].Documents.Select(d => d with { Nll = d.Nll + (nats * d.Tokens) })]);
        MeasurementSet set = Measured.With([(Random, First, Raised(First, 1)), (OtherDraw, First, Raised(First, 2)), (Random, Second, Raised(Second, 3)), (OtherDraw, Second, Raised(Second, 4))]);
        double Variance(Statistic statistic) => ((StudentSpread)new BootstrapMeasurements(set, Profile).Spread(statistic)).Parts[1].Variance;
        Variance(Measures.Increase(Random, First)).Should().BeApproximately(0.25, Tolerance);
        Variance(Measures.Increase(Random, First) - Measures.Increase(Random, Second)).Should().BeApproximately(0, Tolerance);
    }

    [Test]
    public void Groups_of_a_mean_are_units_too()
    {
        // Group means 0, 3 and 6 of one part each: their standard error is 3 / √3.
        double[] levels = [0, 3, 6];
        MeasurementSet set = levels.Index().Aggregate(HandMadeSet.Empty, (s, l) => s.With($"level {l.Index}", Harness.Measuring.Resampled.Exact(l.Item)));
        (string, Statistic)[] parts = [.. levels.Index().Select(l => ($"group {l.Index}", Measures.Quantity($"level {l.Index}")))];
        Statistic mean = Measures.MeanOfGroups("family", parts);
        StudentSpread spread = new BootstrapMeasurements(set, Profile).Spread(mean).Should().BeOfType<StudentSpread>().Subject;
        spread.Value.Should().Be(3);
        spread.Parts[0].Should().Be(new ErrorPart(0, double.PositiveInfinity));
        spread.Parts[1].Degrees.Should().Be(2);
        spread.Parts[1].Variance.Should().BeApproximately(3, Tolerance);

        // Leaving out (0, 0), (3) or (6) of four parts leaves 4.5, 2 and 1: the value counts parts, the variance groups.
        StudentSpread uneven = (StudentSpread)new BootstrapMeasurements(set, Profile).Spread(Measures.MeanOfGroups("family", [.. parts, ("group 0", Measures.Quantity("level 0"))]));
        uneven.Value.Should().Be(2.25);
        uneven.Parts[1].Variance.Should().BeApproximately(2.0 / 3 * ((2 * 2) + (0.5 * 0.5) + (1.5 * 1.5)), Tolerance);

        // The same group is left out of both: nothing is left of the difference.
        Statistic twice = mean - Measures.MeanOfGroups("family", [.. parts.Select(p => (p.Item1, 1 + p.Item2))]);
        ((StudentSpread)new BootstrapMeasurements(set, Profile).Spread(twice)).Parts[1].Variance.Should().BeApproximately(0, Tolerance);
        FluentActions.Invoking(() => Measures.MeanOfGroups("family", [parts[0]])).Should().Throw<ArgumentException>().WithMessage("A mean by family needs two groups.*");
    }

    [Test]
    public void How_many_resamples_there_are_can_be_said()
    {
        BootstrapMeasurements few = new(Measured, Profile, 7);
        few.Count.Should().Be(7);
        few.LogPerplexity(Random, First).Should().HaveCount(7);
        few.Quantity(SmallSession.Even).Should().Equal(0, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006);
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
        new BootstrapMeasurements(read, Profile).LogPerplexity(Condition.Base, First)[3].Should().Be(PairedBootstrap.Resample(documents, Seed, PerplexityReading.BatchMean)[3]);
    }

    private static double[] Resampled(Condition condition, TestText text) => PairedBootstrap.Resample(Measured[condition, text], Seed);
}
