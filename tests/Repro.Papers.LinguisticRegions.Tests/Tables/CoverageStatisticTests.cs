using Repro.Engine.Models;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Quantities;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

/// <summary>The statistics of sentences that have no table of their own, on round numbers.</summary>
public sealed class CoverageStatisticTests
{
    private const double Tolerance = 1e-9;

    // What Top adds at 0.03, 0.1, 0.3, 1, 3 and 5 %; Random adds 1 at each.
    private static readonly double[] Ratios = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.05];

    [Test]
    public void A_core_of_one_percent_is_steepest_beside_it_and_complete_with_it()
    {
        IMeasurements measured = Doses(1, 1, 1, 3, 3.25, 3.5);
        Rows("dose-curve-more-hurts-more", measured).Should().Equal([0, 0, 2, 0.25, 0.25], Same);

        // 2 nats from 0.3 to 1 % are 2 / log10(10/3) a tenfold; elsewhere the largest is 0.25 from 3 to 5 %.
        Rows("dose-curve-knee", measured).Should().Equal([(2 / Math.Log10(10 / 3.0)) - (0.25 / Math.Log10(5 / 3.0))], Same);
        Rows("dose-curve-one-percent", measured).Should().Equal([2 - (0.5 * 2.5)], Same);
    }

    [Test]
    public void Weights_that_are_all_alike_are_steepest_at_the_largest_dose()
    {
        IMeasurements measured = Doses([.. Ratios.Select(r => 1 + (100 * r))]);
        Rows("dose-curve-knee", measured).Single().Should().BeApproximately((2 / Math.Log10(3)) - (2 / Math.Log10(5 / 3.0)), Tolerance).And.BeNegative();
        Rows("dose-curve-one-percent", measured).Should().Equal([1 - 2.5], Same);
    }

    [Test]
    public void Doses_that_the_paper_does_not_print_leave_its_knee_unknown()
    {
        IMeasurements published = Tested.Table("dose-curve").Published;
        Rows("dose-curve-knee", published).Should().Equal(double.NaN);
        Rows("dose-curve-more-hurts-more", published).Where(double.IsFinite).Should().HaveCount(2);
    }

    [Test]
    public void Features_are_held_against_dimensions_of_heads()
    {
        HandMadeMeasurements measured = Adding((condition, _) => condition is DimensionRemoval { Scope: DimensionScope.AttentionInverted } ? 9 : 7);
        Rows("axes-compared-features-hurt-more", measured).Should().NotBeEmpty().And.OnlyContain(v => v == 2);
        Tested.Claim("axes-compared-features-hurt-more").Rows.Select(r => r.Label).Should().Equal(Tested.Claim("table-07-top").Rows.Select(r => r.Label));
    }

    [Test]
    public void Ten_times_the_samples_are_held_against_the_small_sample()
    {
        HandMadeMeasurements measured = Adding((condition, text) => condition is RegionRemoval { Region: { Own: { } own, Samples: SamplePart.Large } } && own == text ? 3 : 1);
        Rows("regions-compared-more-from-more-text", measured).Should().HaveCount(6).And.OnlyContain(v => v == 2);
    }

    [Test]
    public void Rates_and_end_points_are_compared_after_the_last_document()
    {
        // At the end: Arabic 2 at the rate and 2.5 at a tenth; the others 6, 5 with the core frozen, 4.5 at a tenth.
        double rate = Tested.Table("figure-05").Plan.Conditions.OfType<FurtherTrained>().Max(c => c.Plan.LearningRate);
        int last = Tested.Table("figure-05").Plan.Conditions.OfType<FurtherTrained>().Max(c => c.DocumentsSeen);
        HandMadeMeasurements measured = new((condition, text) => ((FurtherTrained)condition, ((Language)text).Code) switch
        {
            ({ DocumentsSeen: var seen }, _) when seen != last => 100,
            ({ Plan.Treatment: RegionTreatment.Frozen }, "ar") => throw new ArgumentException("not of these claims"),
            ({ Plan.Treatment: RegionTreatment.Frozen }, _) => 5,
            (var run, "ar") => run.Plan.LearningRate == rate ? 2 : 2.5,
            (var run, _) => run.Plan.LearningRate == rate ? 6 : 4.5,
        });
        Rows("figure-05-end-points", measured).Should().Equal(1, 1);
        Rows("figure-05-higher-rate-learns", measured).Should().Equal(0.5, 0.5);
        Rows("figure-05-higher-rate-forgets", measured).Should().Equal(1.5, 1.5);
    }

    [Test]
    public void Overlaps_of_languages_are_held_against_ten_times_chance()
    {
        HandMadeMeasurements measured = new((_, _) => 0) { Numbers = _ => 0.25 };
        Rows("languages-overlap-share", measured).Should().HaveCount(15).And.OnlyContain(v => Math.Abs(v - (0.25 - (10 * 0.01 / 1.99))) < Tolerance);
        Rows("languages-overlap-differ", measured).Should().HaveCount(6).And.OnlyContain(v => v == 0.25);
        Tested.Claim("languages-overlap-differ").Bound.Should().Be(Bound.Above(0.01 / 1.99));
    }

    [Test]
    public void Heads_are_those_of_the_four_attention_matrices()
    {
        HandMadeMeasurements measured = new((_, _) => 0) { Numbers = id => id == HeadQuantities.Gini(WeightRole.AttentionOutput) ? 0.5 : 0.25 };
        Rows("appendix-d-few-heads", measured).Should().Equal(0.25, 0.25, 0.25, 0.5);
    }

    private static HandMadeMeasurements Doses(params double[] top) => Adding((condition, _) =>
        condition is RegionRemoval { Region: { IsRandom: false } region } ? top[Array.IndexOf(Ratios, region.Ratio)] : 1);

    private static HandMadeMeasurements Adding(Func<Condition, string, double> increase) =>
        new((condition, text) => condition == Condition.Base ? 2 : 2 + increase(condition, text.Key));

    private static double[] Rows(string claim, IMeasurements measured) => [.. Tested.Claim(claim).Rows.Select(r => r.Statistic.Evaluate(measured).Single())];

    private static bool Same(double a, double b) => Math.Abs(a - b) < Tolerance;
}
