using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

/// <summary>Figure 5 is read where both runs have learned Arabic equally well.</summary>
public sealed class EqualArabicTests
{
    private const double Tolerance = 1e-12;

    // Arabic and English, nats per token at the five stops.
    private static readonly double[] FullArabic = [8, 6, 5, 4, 3];
    private static readonly double[] FullOther = [1, 2, 3, 5, 9];
    private static readonly double[] FrozenArabic = [8, 7, 6, 5, 4];
    private static readonly double[] FrozenOther = [1, 1.5, 2, 2.5, 3];

    private static readonly Language English = PaperLanguages.Get("en");

    [Test]
    public void Both_are_read_at_the_worse_of_the_two_best()
    {
        // The frozen run reaches 4 at its end with 3; the other was there at its fourth stop with 5.
        Saved(FullArabic, FullOther, FrozenArabic, FrozenOther).Should().BeApproximately(2, Tolerance);
        Saved(FrozenArabic, FrozenOther, FullArabic, FullOther).Should().BeApproximately(-2, Tolerance);
    }

    [Test]
    public void Between_two_stops_a_straight_line_is_followed()
    {
        // The frozen run ends at 4.25: the other was there a quarter before its fourth stop, at 3 + 0.75 · 2.
        Saved(FullArabic, FullOther, [8, 7, 6, 5, 4.25], FrozenOther).Should().BeApproximately(4.5 - 3, Tolerance);
    }

    [Test]
    public void What_rises_again_is_read_where_it_last_comes_down()
    {
        // Down to 4 at the third stop, up to 6, and down again to 3: 4 lies two thirds behind the fourth stop, at 5 + 4 · 2/3.
        Saved([8, 6, 4, 6, 3], FullOther, FrozenArabic, FrozenOther).Should().BeApproximately(5 + (8 / 3.0) - 3, Tolerance);
    }

    [Test]
    public void A_run_that_begins_below_the_level_is_read_at_its_end() =>
        Saved([3, 3, 3, 3, 3], FullOther, FrozenArabic, FrozenOther).Should().BeApproximately(9 - 3, Tolerance);

    [Test]
    public void A_run_that_stays_at_the_level_is_read_where_it_came_down_to_it() =>
        Saved([8, 6, 4, 4, 3], FullOther, FrozenArabic, FrozenOther).Should().BeApproximately(3 - 3, Tolerance);

    [Test]
    public void A_stop_without_both_numbers_is_left_out() =>
        Saved(FullArabic, [1, 2, 3, double.NaN, 9], FrozenArabic, FrozenOther).Should().BeApproximately(6 - 3, Tolerance, "half of the way from 5 to 3");

    [Test]
    public void The_best_need_not_be_the_last()
    {
        // The frozen run was best at its fourth stop, with 4 and 2.5; the other is read at 4 as well.
        Saved(FullArabic, FullOther, [8, 7, 6, 4, 5], FrozenOther).Should().BeApproximately(5 - 2.5, Tolerance);
    }

    [Test]
    public void Where_only_the_end_is_known_the_end_counts()
    {
        double[] none = [double.NaN, double.NaN, double.NaN, double.NaN];
        Saved([.. none, 3], [.. none, 9], [.. none, 4], [.. none, 3]).Should().BeApproximately(6, Tolerance);
        Saved([.. none, double.NaN], [.. none, double.NaN], FrozenArabic, FrozenOther).Should().Be(double.NaN, "nothing is known of one of them");
    }

    [Test]
    public void The_ends_are_compared_where_the_claim_speaks_of_the_end()
    {
        HandMadeMeasurements measured = Measured(FullArabic, FullOther, FrozenArabic, FrozenOther);
        Rows("figure-05-learns-as-well", measured).Should().OnlyContain(v => v == 1);
        Rows("figure-05-low-rate", measured).Should().Equal([3, -9, 3, -9], "6 at both rates, less half of it");
    }

    [Test]
    public void What_lies_beyond_the_paper_is_the_mean_of_english_and_chinese()
    {
        // Everything trained against everything else: as above, 2 in both.
        HandMadeMeasurements measured = Measured(FullArabic, FullOther, FrozenArabic, FrozenOther);
        Rows("figure-05-better-than-random", measured).Should().OnlyContain(v => v == 0, "random and core are the same run here");
        Rows("beyond-slowed-forgets-less", measured).Should().OnlyContain(v => Math.Abs(v - 2) < Tolerance);
        Rows("beyond-replay-replay-forgets-less", measured).Should().OnlyContain(v => v == 0, "with and without replay are the same run here");
        Rows("beyond-replay-freezing-adds", measured).Should().OnlyContain(v => Math.Abs(v - 2) < Tolerance);
    }

    [Test]
    public void Frozen_regions_are_held_against_the_core_and_the_arabic_one_by_what_each_saves_over_its_random_weights()
    {
        // Nats of the other languages at every stop, where all have learned Arabic alike: the core saves 3 over random weights, the Arabic region 1 over its own.
        HandMadeMeasurements measured = new((condition, text) =>
        {
            FurtherTrained trained = (FurtherTrained)condition;
            return text.Code == "ar" ? FullArabic[trained.DocumentsSeen / 100] : trained.Plan.Region switch
            {
                { Kind: RegionKind.Random, Own: null } => 9,
                { Kind: RegionKind.Random } => 10,
                { Kind: RegionKind.Bottom } => 11,
                { Own: "ar" } => 9,
                _ => 6,
            };
        });
        Rows("control-frozen-better-than-bottom", measured).Should().Equal(5, 5);
        Rows("control-frozen-better-than-arabic", measured).Should().Equal(2, 2);
    }

    [Test]
    public void English_and_chinese_count_alike()
    {
        // Chinese is forgotten twice as fast, so that 2 in English are 4 in Chinese; what is replayed is forgotten as slowly as what is frozen.
        HandMadeMeasurements english = Measured(FullArabic, FullOther, FrozenArabic, FrozenOther);
        HandMadeMeasurements replayed = Measured(FrozenArabic, FrozenOther, FrozenArabic, FrozenOther);
        HandMadeMeasurements measured = new((condition, text) =>
        {
            HandMadeMeasurements its = ((FurtherTrained)condition).Plan is { Replay: > 0, Region: null } ? replayed : english;
            return text.Key == "zh" ? 2 * its.LogPerplexity(condition, English)[0] : its.LogPerplexity(condition, text)[0];
        });
        Rows("beyond-slowed-forgets-less", measured).Should().OnlyContain(v => Math.Abs(v - 3) < Tolerance);
        Rows("beyond-replay-replay-forgets-less", measured).Should().OnlyContain(v => Math.Abs(v - 3) < Tolerance);
        HandMadeMeasurements replayedInVain = new((condition, text) => (text.Key == "zh" ? 2 : 1) * english.LogPerplexity(condition, text.Key == "zh" ? English : text)[0]);
        Rows("beyond-replay-freezing-adds", replayedInVain).Should().OnlyContain(v => Math.Abs(v - 3) < Tolerance);
    }

    /// <summary>The claim's statistic in English, of a run with everything trained and one with the core frozen.</summary>
    private static double Saved(double[] fullArabic, double[] fullOther, double[] frozenArabic, double[] frozenOther) =>
        Rows("figure-05-forgets-less", Measured(fullArabic, fullOther, frozenArabic, frozenOther))[0];

    private static HandMadeMeasurements Measured(double[] fullArabic, double[] fullOther, double[] frozenArabic, double[] frozenOther) => new((condition, text) =>
    {
        FurtherTrained trained = (FurtherTrained)condition;
        int arabic = PaperProfiles.Tiny.FurtherDocuments("ar");
        int all = arabic + (int)Math.Round(trained.Plan.Replay * arabic);
        int stop = Enumerable.Range(0, 5).Single(i => all * i / 4 == trained.DocumentsSeen);
        return (trained.Plan.Region is null, text.Code == "ar") switch
        {
            (true, true) => fullArabic[stop],
            (true, false) => fullOther[stop],
            (false, true) => frozenArabic[stop],
            _ => frozenOther[stop],
        };
    });

    private static double[] Rows(string claim, IMeasurements measured) => [.. Tested.Claim(claim).Rows.Select(r => r.Statistic.Evaluate(measured).Single())];
}
