using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Training;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;
using Repro.Papers.LinguisticRegions.Quantities;
using Repro.Papers.LinguisticRegions.Tables;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

/// <summary>Each claim's statistic on round numbers: a base of 2 nats, 8 for equally likely tokens, and what an edit adds.</summary>
public sealed class ClaimStatisticTests
{
    private const double Tolerance = 1e-12;

    // Top adds 7, Bottom 0.25, Random 1; by magnitude alone 3, by gradient alone 5.
    private static readonly HandMadeMeasurements Core = Adding((condition, _) => condition switch
    {
        RegionRemoval { Region.Score: ImportanceScore.Magnitude } => 3,
        RegionRemoval { Region.Score: ImportanceScore.Gradient } => 5,
        RegionRemoval { Region.Kind: RegionKind.Top } => 7,
        RegionRemoval { Region.Kind: RegionKind.Bottom } => 0.25,
        RegionRemoval => 1,
        _ => throw new ArgumentException(condition.Id),
    });

    [TestCase("table-01-top-3", 2)]
    [TestCase("table-16-top-5", 2)]
    [TestCase("table-15-bottom-3", 0.25)]
    [TestCase("table-14-random-3", 1)]
    [TestCase("table-01-complete-loss", 1)]
    [TestCase("table-14-complete-loss", 1)]
    public void Core_region(string claim, double expected) => Rows(claim, Core).Should().OnlyContain(v => Math.Abs(v - expected) < Tolerance);

    [TestCase("control-scores-fisher", 7 - 6.5)]
    [TestCase("control-scores-wanda", 7 - 4.5)]
    [TestCase("control-scores-snip", 6.75 - 6)]
    public void Importance_is_compared_with_scores_of_other_work(string claim, double expected)
    {
        HandMadeMeasurements measured = Adding((condition, _) => (((RegionRemoval)condition).Region.Score, ((RegionRemoval)condition).Region.Samples) switch
        {
            (ImportanceScore.FirstOrder, SamplePart.Large) => 7,
            (ImportanceScore.FirstOrder, SamplePart.Small) => 6.75,
            (ImportanceScore.Fisher, SamplePart.Large) => 6.5,
            (ImportanceScore.Wanda, SamplePart.Large) => 4.5,
            (ImportanceScore.Snip, SamplePart.Small) => 6,
            _ => throw new ArgumentException(condition.Id),
        });
        Rows(claim, measured).Should().Equal([expected], Same);
        Named(claim).Rows.Single().Statistic.Groups.Should().HaveCountGreaterThan(1, "families are units");
    }

    [Test]
    public void A_gradient_for_each_token_is_not_asked_of_ten_thousand_documents() =>
        Tested.Paper.Claims(PaperProfiles.Llama2Of7B).Select(c => c.Id).Should().Contain("control-scores-fisher").And.NotContain("control-scores-snip");

    [Test]
    public void Importance_is_compared_with_magnitude_and_with_gradient() => Rows("table-14-baselines", Core).Should().Equal([4.0, 2.0], Same);

    [Test]
    public void A_loss_is_complete_only_where_there_was_something_to_lose()
    {
        // 2 + 7 nats are 1 above uniform; a base of 7.75 was only a quarter of a nat better than that.
        HandMadeMeasurements measured = new((condition, _) => condition == Condition.Base ? 7.75 : 9);
        Rows("table-01-complete-loss", measured).Should().OnlyContain(v => v == 0.25);
    }

    // The Russian region adds 3 in Russian, 1 in Ukrainian and in the nine others 0, 0.01 … 0.08: in the order of the eleven, without those two.
    private static readonly string[] Unrelated = ["ar", "zh", "it", "ja", "ko", "fa", "pt", "es", "vi"];

    private static HandMadeMeasurements Russian { get; } = Adding((_, text) => text switch { "ru" => 3, "uk" => 1, _ => 0.01 * Array.IndexOf(Unrelated, text) });

    [TestCase("table-05-ru-family", 0.96)]
    [TestCase("table-05-ru-ranks", 0.96)]
    public void Monolingual_region(string claim, double expected) => Rows(claim, Russian).Should().HaveCount(2).And.OnlyContain(v => Math.Abs(v - expected) < Tolerance);

    [Test]
    public void Each_of_a_family_is_held_against_the_worst_hurt_of_the_unrelated() => Rows("table-05-ru-only", Russian).Should().Equal([2.92, 0.92, 2.92, 0.92], Same);

    [Test]
    public void A_language_is_held_under_the_worst_region_of_its_family_against_the_worst_of_the_others()
    {
        // Japanese is of two families: 3 under Chinese, 5 under Korean, 1 under Russian and 0 under the rest.
        HandMadeMeasurements measured = Adding((condition, text) => (((RegionRemoval)condition).Region.Own, text) switch { ("zh", "ja") => 3, ("ko", "ja") => 5, ("ru", "ja") => 1, _ => 0 });
        Labelled("regions-compared-hurt-most", measured).Should().AllSatisfy(r => r.Value.Should().Be(r.Label.StartsWith("Japanese", StringComparison.Ordinal) ? 4 : 0, r.Label));
    }

    [Test]
    public void Family_is_told_from_script_by_languages_that_share_one_of_them()
    {
        string[] slavic = ["cs", "pl"];
        string[] romance = ["fr", "it", "pt", "ro"];
        string[] other = ["ar", "zh", "el", "ja", "ko", "ml", "fa", "ru", "ta", "uk"];
        HandMadeMeasurements measured = Adding((condition, text) => ((RegionRemoval)condition).Region.Own switch
        {
            "ru" => slavic.Contains(text) ? 3 : other.Contains(text) ? 9 : 1,
            "es" => romance.Contains(text) ? 5 : other.Contains(text) ? 9 : text == "es" ? 100 : 1,
            _ => other.Contains(text) ? 1 : text == "vi" ? 100 : 7,
        });
        Rows("family-or-script-slavic", measured).Should().Equal([2.0], Same);
        Rows("family-or-script-romance", measured).Should().Equal([4.0], Same);
        Rows("family-or-script-vietnamese", measured).Should().Equal([6.0], Same);
    }

    [Test]
    public void Per_sentence_a_language_counts_with_its_tokens_and_a_hurt_one_with_what_is_more_than_no_change()
    {
        // A sentence is 10 tokens of Russian, 20 of Ukrainian, 100 of Vietnamese and 1 of any other language.
        HandMadeMeasurements measured = Adding((_, text) => text switch { "ru" => 3, "uk" => 1, "cs" or "pl" => 0.53, _ => 0.01 * Math.Max(0, Array.IndexOf(Unrelated, text)) }, text => text switch { "ru" => 10, "uk" => 20, "vi" => 100, _ => 1 });
        Rows("per-sentence-ru-only", measured).Should().Equal([(10 * 2.97) - 8, (20 * 0.97) - 8], Same);
        Rows("per-sentence-ru-family", measured).Should().Equal([(20 * 0.97) - ((0.28 + 8) / 9)], Same);

        // In Latin script, besides Czech and Polish: Italian, Portuguese, Spanish and Vietnamese are hurt of 18.
        Rows("per-sentence-slavic", measured).Should().Equal([0.5 - ((0.02 + 0.06 + 0.07 + 8) / 18)], Same);
        Tested.Claims.Where(c => c.TableId == "per-sentence").Should().HaveCount(14);
    }

    [Test]
    public void A_monolingual_region_is_held_against_random_ones_of_its_size()
    {
        HandMadeMeasurements measured = Adding((condition, _) => ((RegionRemoval)condition).Region.IsRandom ? 2 : 11);
        Rows("control-size-more-than-random", measured).Should().HaveCount(6).And.OnlyContain(v => v == 1);
        Named("control-size-more-than-random").Conditions.OfType<RegionRemoval>().Where(c => c.Region.IsRandom).Should().HaveCount(6).And.OnlyContain(c => c.Region.Own != null);
    }

    [TestCase(RegionMatch.Magnitude, "control-matched-magnitude")]
    [TestCase(RegionMatch.Rows, "control-matched-rows")]
    [TestCase(RegionMatch.Columns, "control-matched-columns")]
    public void The_core_region_is_held_against_random_ones_that_have_something_of_it(RegionMatch match, string claim)
    {
        HandMadeMeasurements measured = Adding((condition, _) => condition is MatchedRandomRemoval alike ? alike.Match == match ? 2 : 100 : 11);
        Rows(claim, measured).Should().HaveCount(11).And.OnlyContain(v => v == 1);
        Named(claim).Conditions.OfType<MatchedRandomRemoval>().Should().OnlyContain(c => c.Like == new RegionSpec(RegionKind.Top, 0.03));
    }

    [Test]
    public void The_core_region_is_held_against_its_places_one_block_on() =>
        Rows("control-matched-next-block", Adding((condition, _) => condition is DisplacedRemoval ? 2 : 11)).Should().HaveCount(11).And.OnlyContain(v => v == 1);

    [Test]
    public void Matched_and_permuted_weights_are_numbers_of_their_own()
    {
        HandMadeMeasurements measured = new((_, _) => 0) { Numbers = id => id == MatchedMagnitudes.Mean ? 0.25 : id == MatchedMagnitudes.RootMeanSquare ? 0.5 : id == PermutedWeights.Key(PaperLanguages.Get("uk")) ? 1 : 2 };
        Rows("control-matched-as-large", measured).Should().Equal(0.25, 0.5);
        Labelled("control-permuted-no-core", measured).Should().HaveCount(11).And.AllSatisfy(r => r.Value.Should().Be(r.Label == "Ukrainian" ? 1 : 2, r.Label));
    }

    [Test]
    public void Labels_are_held_against_the_other_five_on_the_language_that_they_name()
    {
        // A region of shuffled labels adds 1 to every language and 1.5 to Russian; the third of them adds 4 more to Russian and the first 2 more to Arabic. Their
        // extra is 4 and 2, and 0 for the others. Every language's own region adds 9 to it and 2 to the rest.
        HandMadeMeasurements measured = Adding((condition, text) => (((RegionRemoval)condition).Region.Own!, text) switch
        {
            ("shuffled-3", "ru") => 5.5,
            ("shuffled-1", "ar") => 3,
            ({ Length: > 2 }, "ru") => 1.5,
            ({ Length: > 2 }, _) => 1,
            (string own, _) => own == text ? 9 : 2,
        });
        Rows("control-labels-shuffled", measured).Should().Equal([1.0], Same);
        Rows("control-labels-true", measured).Should().HaveCount(6).And.OnlyContain(v => Math.Abs(v - (7 - 4)) < Tolerance);
        Named("control-labels-shuffled").Rows.Single().Statistic.Groups.Should().HaveCount(6, "each label is a unit");
    }

    [Test]
    public void Text_of_another_origin_is_judged_like_the_main_corpus()
    {
        Labelled("control-domain-top", Core).Should().Equal([("Chinese (further text)", 2.0), ("Arabic (further text)", 2.0)]);
        Rows("control-domain-bottom", Core).Should().Equal(0.25, 0.25);
        Named("control-domain-top").Texts.Should().OnlyContain(t => t.Further);
    }

    [TestCase("control-no-language-test", "-random-order")]
    [TestCase("control-digits-test", "-digits")]
    [TestCase("control-code-test", "code")]
    public void A_language_is_held_against_no_language_by_the_share_of_what_is_known(string claim, string other)
    {
        // Of 6 nats that are known of a language the core region takes 4.5, in Korean 3 and in Arabic 9, which is all; Random takes 0.6. Of 3 nats that are known
        // of a text of no language it takes 1.5, and Random 0.9: 0.2 beyond Random.
        HandMadeMeasurements measured = new((condition, text) => text.Key.EndsWith(other, StringComparison.Ordinal)
            ? 5 + Taken(condition, 1.5, 0.9)
            : 2 + Taken(condition, text.Code switch { "ko" => 3, "ar" => 9, _ => 4.5 }, 0.6));
        Labelled(claim, measured).Select(r => (r.Label, Math.Round(r.Value, 9))).Should()
            .Equal(("Arabic", 0.7), ("Spanish", 0.45), ("Russian", 0.45), ("Chinese", 0.45), ("Korean", 0.2), ("Vietnamese", 0.45));
        Named(claim).Texts.Select(t => t.Key).Where(k => k.EndsWith(other, StringComparison.Ordinal)).Should().HaveCount(other == "code" ? 1 : 6);

        static double Taken(Condition condition, double top, double random) => condition switch
        {
            RegionRemoval { Region: { Kind: RegionKind.Top, Source: null } } => top,
            RegionRemoval { Region.Kind: RegionKind.Random } => random,
            _ => 0,
        };
    }

    [TestCase("control-no-language-source", "random-order")]
    [TestCase("control-digits-source", "digits")]
    [TestCase("control-code-source", "code")]
    public void The_core_region_is_held_against_one_from_no_language(string claim, string source)
    {
        // Ten languages lose 7 under the core region and Italian 18, all of them 4 under the other: (10 × 3 + 14) / 11.
        HandMadeMeasurements measured = Adding((condition, text) => ((RegionRemoval)condition).Region.Source?.Id == source ? 4 : text == "it" ? 18 : 7);
        Rows(claim, measured).Should().Equal([4.0], Same);
        Named(claim).Rows.Single().Statistic.Groups.Should().HaveCountGreaterThan(1, "families are units");
    }

    [Test]
    public void A_family_of_two_is_its_mean_and_the_median_of_eight_lies_between_two()
    {
        // The Spanish region: Italian 1, Portuguese 2, the eight unrelated 0, 0, 0, 0.25, 0.5, 4, 4, 4: mean 1.59375, median 0.375.
        double[] others = [0, 4, 0, 4, 0, 4, 0.25, 0.5];
        string[] unrelated = ["ar", "zh", "ja", "ko", "fa", "ru", "uk", "vi"];
        HandMadeMeasurements measured = Adding((_, text) => text switch { "es" => 5, "it" => 1, "pt" => 2, _ => others[Array.IndexOf(unrelated, text)] });
        const string table = "table-10";
        Rows($"{table}-es-only", measured).Should().Equal(1, -3, -2, 1, -3, -2);
        Rows($"{table}-es-family", measured).Should().OnlyContain(v => Math.Abs(v - (1.5 - 1.59375)) < Tolerance);
        Rows($"{table}-es-ranks", measured).Should().Equal([0.625, 1.625, 0.625, 1.625], Same);
    }

    [TestCase("table-03", DimensionScope.AttentionAndFeedForward)]
    [TestCase("table-08", DimensionScope.AttentionInverted)]
    public void Dimensions_of_a_scope(string table, DimensionScope scope)
    {
        HandMadeMeasurements measured = Adding((condition, _) => ((DimensionRemoval)condition).Kind switch { DimensionKind.Top => 7, DimensionKind.Random => 1, DimensionKind.Middle => 0.5, _ => 0.25 });
        Named($"{table}-top").Conditions.OfType<DimensionRemoval>().Should().NotBeEmpty().And.OnlyContain(c => c.Scope == scope);
        Rows($"{table}-top", measured).Should().OnlyContain(v => v == 2);
        Rows($"{table}-random", measured).Should().OnlyContain(v => v == 1);
        Rows($"{table}-others", measured).Should().Equal([0.5, 0.25], "as few as the paper removes");
    }

    [Test]
    public void Two_dimensions_stand_out_only_above_all_others()
    {
        // The first five add 4, 3, 1, 0.5, 0.25; the random ones 2 and 0.
        double[] top = [4, 3, 1, 0.5, 0.25];
        HandMadeMeasurements measured = Adding((condition, _) => ((DimensionReinitialised)condition).Dimension is { IsRandom: false } d ? top[d.Rank - 1] : ((DimensionReinitialised)condition).Dimension.Draw == 0 ? 2 : 0);
        Rows("figure-03-outstanding", measured).Should().Equal(2, 1);
        Rows("figure-03-random", measured).Should().Equal(2, 0);
        top[4] = 3.5;
        Rows("figure-03-outstanding", measured).Should().Equal([0.5, -0.5], "the fifth is one of the others");
    }

    [Test]
    public void Single_weights()
    {
        // The top weight adds 7, the random ones 1 and 2.
        HandMadeMeasurements measured = Adding((condition, _) => ((NormWeightEdited)condition).Dimension is { IsRandom: false } ? 7 : 1 + ((NormWeightEdited)condition).Dimension.Draw);
        Rows("table-04-reset", measured).Should().Equal(1, 1);
        Rows("table-04-times-10", measured).Should().Equal([-0.5, -0.5], "5 times the mean of both");
        Rows("table-04-others", measured).Should().Equal(1, 2, 1, 2, 1, 2, 1, 2);
        Rows("figure-04-perplexity", measured).Should().Equal([2, 2], "the first of the random ones");
    }

    [Test]
    public void Random_choices_count_five_times()
    {
        HandMadeMeasurements dimensions = Adding((condition, _) => ((DimensionRemoval)condition).Kind == DimensionKind.Top ? 11 : 2);
        Rows("table-03-top", dimensions).Should().OnlyContain(v => v == 1);
        HandMadeMeasurements weights = Adding((condition, _) => ((NormWeightEdited)condition).Dimension.IsRandom ? 2 : 11);
        Rows("figure-04-perplexity", weights).Should().Equal(1, 1);
    }

    [Test]
    public void Baselines_are_compared_by_means_over_languages()
    {
        // Of 30 languages one is hurt: by 30 under importance, by 15 under magnitude, by 6 under the gradient.
        HandMadeMeasurements measured = Adding((condition, text) => (condition, text) switch
        {
            (RegionRemoval { Region.Score: ImportanceScore.Magnitude }, "zh") => 15,
            (RegionRemoval { Region.Score: ImportanceScore.Gradient }, "ru") => 6,
            (RegionRemoval { Region.Score: ImportanceScore.FirstOrder }, "en") => 30,
            _ => 0,
        });
        Rows("table-14-baselines", measured).Should().Equal([0.5, 0.8], Same);
    }

    [TestCase("table-01-top-3", 11, "Removing the top 3 percent hurts every language more than five times as much as a random 3 percent")]
    [TestCase("table-14-top-3", 30, "Removing the top 3 percent hurts every language more than five times as much as a random 3 percent")]
    [TestCase("table-15-top-3", 30, "Removing the top 3 percent hurts every language more than five times as much as a random 3 percent also with a tenth of the samples")]
    public void Tables_of_the_core_region_have_their_languages_and_samples(string id, int languages, string sentence)
    {
        Claim claim = Named(id);
        claim.Texts.Should().HaveCount(languages);
        claim.Rows.Should().HaveCount(languages);
        claim.Sentence.Should().Be(sentence);
    }

    [TestCase("table-05-ru-only", ClaimKind.Effect)]
    [TestCase("table-05-ru-family", ClaimKind.Effect)]
    [TestCase("table-05-ru-bottom", ClaimKind.NoEffect)]
    public void A_bottom_region_is_said_to_have_no_effect(string claim, ClaimKind kind) => Named(claim).Kind.Should().Be(kind);

    [Test]
    public void A_row_is_called_what_it_measures()
    {
        HandMadeMeasurements samples = Adding((condition, _) => ((RegionRemoval)condition).Region.Samples == SamplePart.Small ? 0.25 : 0.5);
        Labelled("table-05-ru-bottom", samples).Should().AllSatisfy(r => r.Value.Should().Be(r.Label.EndsWith(", 10K", StringComparison.Ordinal) ? 0.25 : 0.5, r.Label)).And.Contain(r => r.Label.EndsWith(", 100K"));
        HandMadeMeasurements changes = Adding((condition, _) => ((NormWeightEdited)condition).Change == NormWeightChange.Reset ? 0.25 : 0.5);
        Labelled("table-04-others", changes).Should().AllSatisfy(r => r.Value.Should().Be(r.Label.EndsWith(", reset", StringComparison.Ordinal) ? 0.25 : 0.5, r.Label)).And.Contain(r => r.Label.EndsWith(", times 10"));
        HandMadeMeasurements axes = new((_, _) => 0) { Numbers = id => id.EndsWith("rows", StringComparison.Ordinal) ? 0.25 : 0.5 };
        Labelled("figure-02-concentrated", axes).Should().AllSatisfy(r => r.Value.Should().Be(r.Label.EndsWith(" rows", StringComparison.Ordinal) ? 0.25 : 0.5, r.Label)).And.Contain(r => r.Label.EndsWith(" columns"));
    }

    [TestCase("appendix-b-overlap", "1 %", "3 %", "5 %")]
    [TestCase("table-02-english-behind", "20K samples", "50K samples", "200K samples")]
    [TestCase("beyond-replay-freezing-adds", "5 % replayed")]
    [TestCase("beyond-replay-replay-forgets-less", "5 % replayed")]
    public void Shares_are_percent_and_samples_thousands(string claim, params string[] labels) => Named(claim).Rows.Select(r => r.Label).Should().Equal(labels);

    [Test]
    public void The_planted_weight()
    {
        HandMadeMeasurements measured = Adding((condition, _) => ((Planted)condition).Reset ? 7 : 0.5);
        Rows("control-planted-same", measured).Should().Equal(0.5);
        Rows("control-planted-explodes", measured).Should().Equal(1);
        Rows("control-planted-found", new HandMadeMeasurements((_, _) => 0) { Numbers = id => id == PlantedRank.Key ? 1 : double.NaN }).Should().Equal(1);
    }

    [Test]
    public void Overlap_is_held_against_ten_times_chance()
    {
        HandMadeMeasurements measured = new((_, _) => 0) { Numbers = id => ConsistencyQuantities.Ratios.Select(ConsistencyQuantities.Overlap).Contains(id) ? 0.5 : double.NaN };
        Rows("appendix-b-overlap", measured).Should().Equal([.. ConsistencyQuantities.Ratios.Select(r => 0.5 - (10 * (r / (2 - r))))], Same);
    }

    [Test]
    public void Worse_text_is_more_surprising_and_more_repetitive()
    {
        HandMadeMeasurements measured = new((_, _) => 0)
        {
            Numbers = id => id == Continuations.Surprise(Continuations.Edited[0]) ? 6
                : id == Continuations.Surprise(Continuations.Edited[1]) ? 4
                : id == Continuations.Repetition(Continuations.Edited[0]) ? 0.75
                : id == Continuations.Repetition(Continuations.Edited[1]) ? 0.5 : double.NaN,
        };
        Rows("figure-04-text", measured).Should().Equal(2, 0.25);
    }

    [Test]
    public void Removed_and_trained()
    {
        // Nats by run: true zero 2.5, masters restored 2.25, Top & Freeze 4 in Chinese and 5 in English, Bottom & Freeze 2.
        HandMadeMeasurements measured = new((condition, text) => ((FurtherTrained)condition).Plan switch
        {
            { Treatment: RegionTreatment.RemovedAndTrained, Masters: MasterReading.TrueZero } => 2.5,
            { Treatment: RegionTreatment.RemovedAndTrained } => 2.25,
            { Region.Kind: RegionKind.Top } => text.Key == "en" ? 5 : 4,
            _ => 2,
        })
        { Numbers = _ => 0.5 };
        int stops = RemoveFreeze.SampleCounts.Length - 1;
        double[] chinese = [.. Enumerable.Repeat(0.5 / 0.02, 2 * stops)];
        Rows("table-02-in-place-true-zero", measured).Should().Equal([.. chinese, .. Enumerable.Repeat(0.5 / 0.1, stops)], Same);
        Rows("table-06-in-place-masters-restored", measured).Should().Equal([.. chinese.Select(v => v / 2), .. Enumerable.Repeat(0.25 / 0.5, stops)], Same);
        Rows("table-02-chinese-slower", measured).Should().HaveCountGreaterThanOrEqualTo(stops).And.OnlyContain(v => v == 2);
        Rows("table-02-english-behind", measured).Should().Equal(1, 1, 1);
        Rows("table-06-out-of-reach", measured).Should().Equal(0.5);

        // Under several seeds the same, without the last count.
        chinese = [.. Enumerable.Repeat(0.5 / 0.02, 2 * (stops - 1))];
        Rows("control-seeds-table-02-in-place-true-zero", measured).Should().Equal([.. chinese, .. Enumerable.Repeat(0.5 / 0.1, stops - 1)], Same);
        Rows("control-seeds-table-06-chinese-slower", measured).Should().HaveCount(2 * (stops - 1)).And.OnlyContain(v => v == 2);
        Labelled("control-seeds-table-02-english-behind", measured).Should().Equal(("10K samples", 1), ("20K samples", 1), ("50K samples", 1));
    }

    [TestCase("control-seeds-table-02-others-adapt")]
    [TestCase("control-seeds-table-06-others-adapt")]
    [TestCase("beyond-slowed-core-shifts")]
    public void How_far_weights_move_is_the_mean_over_seeds(string claim)
    {
        HandMadeMeasurements measured = new((_, _) => 0) { Numbers = id => id.EndsWith("seed 5", StringComparison.Ordinal) ? 0.7 : 0.1 };
        Rows(claim, measured).Single().Should().BeApproximately(0.2, Tolerance);
    }

    private static HandMadeMeasurements Adding(Func<Condition, string, double> increase, Func<string, double>? tokens = null) =>
        new((condition, text) => condition == Condition.Base ? 2 : 2 + increase(condition, text.Key)) { Tokens = text => tokens?.Invoke(text.Key) ?? double.NaN };

    private static Claim Named(string id) => Tested.Claim(id);

    private static double[] Rows(string claim, IMeasurements measured) => [.. Named(claim).Rows.Select(r => r.Statistic.Evaluate(measured).Single())];

    private static IEnumerable<(string Label, double Value)> Labelled(string claim, IMeasurements measured) => Named(claim).Rows.Select(r => (r.Label, r.Statistic.Evaluate(measured).Single()));

    private static bool Same(double a, double b) => Math.Abs(a - b) < Tolerance;
}
