using Repro.Engine.Regions;
using Repro.Harness.Claims;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

/// <summary>Every claim on the paper's own numbers of both its models: the sentences and bounds must be the paper's.</summary>
public sealed class PublishedClaimsTests
{
    /// <summary>How many of the printed rows lie inside the bound; a dash where the paper prints none.</summary>
    private const string Expected = """
        claim                                | LLaMA-2-7B  | LLaMA-2-13B
        table-01-top-3                       | Holds 11/11 | Holds 11/11
        table-01-bottom-3                    | Holds 11/11 | Holds 11/11
        table-01-complete-loss               | Holds 11/11 | Holds 11/11
        table-14-top-3                       | Holds 30/30 | Holds 30/30
        table-14-bottom-3                    | Holds 30/30 | Holds 30/30
        table-14-random-3                    | Holds 30/30 | Holds 30/30
        table-14-complete-loss               | Fails 26/30 | Fails 28/30
        table-14-baselines                   | -           | -
        table-15-top-3                       | Holds 30/30 | Holds 30/30
        table-15-bottom-3                    | Holds 30/30 | Holds 30/30
        table-16-top-1                       | Holds 30/30 | -
        table-16-top-5                       | Holds 30/30 | -
        table-16-bottom-1                    | Holds 30/30 | -
        table-16-bottom-5                    | Holds 30/30 | -
        table-16-random-1                    | Holds 30/30 | -
        table-16-random-5                    | Fails 2/30  | -
        dose-curve-more-hurts-more           | Fails 1/2   | -
        dose-curve-knee                      | -           | -
        dose-curve-one-percent               | Holds 1/1   | -
        table-05-ru-only                     | Holds 4/4   | -
        table-05-ru-family                   | Holds 2/2   | -
        table-05-ru-ranks                    | Holds 2/2   | -
        table-05-ru-bottom                   | Holds 22/22 | -
        table-09-ar-only                     | Holds 4/4   | -
        table-09-ar-family                   | Holds 2/2   | -
        table-09-ar-ranks                    | Holds 2/2   | -
        table-09-ar-bottom                   | Holds 22/22 | -
        table-10-es-only                     | Holds 6/6   | -
        table-10-es-family                   | Holds 2/2   | -
        table-10-es-ranks                    | Holds 4/4   | -
        table-10-es-bottom                   | Holds 22/22 | -
        table-11-zh-only                     | Holds 4/4   | -
        table-11-zh-family                   | Holds 2/2   | -
        table-11-zh-ranks                    | Holds 2/2   | -
        table-11-zh-bottom                   | Holds 22/22 | -
        table-12-ko-only                     | Holds 4/4   | -
        table-12-ko-family                   | Holds 2/2   | -
        table-12-ko-ranks                    | Holds 2/2   | -
        table-12-ko-bottom                   | Holds 22/22 | -
        table-13-vi-only                     | Holds 2/2   | -
        table-13-vi-bottom                   | Holds 22/22 | -
        regions-compared-hurt-most           | Holds 22/22 | -
        regions-compared-more-from-more-text | Holds 6/6   | -
        family-or-script-slavic              | -           | -
        family-or-script-romance             | -           | -
        family-or-script-vietnamese          | -           | -
        per-sentence-ru-only                 | -           | -
        per-sentence-ru-family               | -           | -
        per-sentence-ar-only                 | -           | -
        per-sentence-ar-family               | -           | -
        per-sentence-es-only                 | -           | -
        per-sentence-es-family               | -           | -
        per-sentence-zh-only                 | -           | -
        per-sentence-zh-family               | -           | -
        per-sentence-ko-only                 | -           | -
        per-sentence-ko-family               | -           | -
        per-sentence-vi-only                 | -           | -
        per-sentence-slavic                  | -           | -
        per-sentence-romance                 | -           | -
        per-sentence-vietnamese              | -           | -
        control-size-more-than-random        | -           | -
        control-matched-magnitude            | -           | -
        control-matched-as-large             | -           | -
        control-matched-rows                 | -           | -
        control-matched-columns              | -           | -
        control-matched-next-block           | -           | -
        control-permuted-no-core             | -           | -
        control-labels-shuffled              | -           | -
        control-labels-true                  | -           | -
        control-scores-fisher                | -           | -
        control-scores-wanda                 | -           | -
        control-domain-top                   | -           | -
        control-domain-bottom                | -           | -
        control-no-language-test             | -           | -
        control-no-language-source           | -           | -
        control-digits-test                  | -           | -
        control-digits-source                | -           | -
        control-code-test                    | -           | -
        control-code-source                  | -           | -
        table-03-top                         | Holds 4/4   | Holds 8/8
        table-03-others                      | Holds 8/8   | Holds 8/8
        table-03-random                      | Holds 4/4   | Holds 4/4
        table-07-top                         | Holds 4/4   | Holds 8/8
        table-07-others                      | Holds 8/8   | Holds 8/8
        table-07-random                      | Holds 4/4   | Holds 4/4
        table-08-top                         | Holds 4/4   | Holds 8/8
        table-08-others                      | Holds 8/8   | Holds 8/8
        table-08-random                      | Holds 4/4   | Holds 4/4
        axes-compared-features-hurt-more     | Holds 4/4   | Holds 8/8
        figure-02-concentrated               | -           | -
        appendix-b-overlap                   | -           | -
        appendix-b-ranks                     | -           | -
        equation-04-first-order              | -           | -
        equation-04-norms                    | -           | -
        appendix-d-few-heads                 | -           | -
        languages-overlap-share              | -           | -
        languages-overlap-differ             | -           | -
        figure-03-outstanding                | -           | -
        figure-03-random                     | -           | -
        figure-03-same-dimension             | -           | -
        figure-03-named-dimensions           | -           | -
        table-04-reset                       | -           | Holds 2/2
        table-04-times-10                    | -           | Holds 2/2
        table-04-others                      | -           | Holds 8/8
        figure-04-perplexity                 | -           | Holds 2/2
        figure-04-text                       | -           | -
        control-planted-same                 | -           | -
        control-planted-found                | -           | -
        control-planted-explodes             | -           | -
        table-02-in-place-true-zero          | Holds 12/12 | -
        table-02-in-place-masters-restored   | Holds 12/12 | -
        table-02-chinese-slower              | Holds 6/6   | -
        table-02-english-behind              | Holds 3/3   | -
        table-02-out-of-reach                | -           | -
        table-06-in-place-true-zero          | Holds 12/12 | -
        table-06-in-place-masters-restored   | Holds 12/12 | -
        table-06-chinese-slower              | Holds 6/6   | -
        table-06-english-behind              | Holds 3/3   | -
        table-06-out-of-reach                | -           | -
        control-seeds-table-02-in-place-true-zero | Holds 10/10 | -
        control-seeds-table-02-in-place-masters-restored | Holds 10/10 | -
        control-seeds-table-02-chinese-slower | Holds 5/5   | -
        control-seeds-table-02-english-behind | Holds 3/3   | -
        control-seeds-table-02-others-adapt  | -           | -
        control-seeds-table-06-in-place-true-zero | Holds 10/10 | -
        control-seeds-table-06-in-place-masters-restored | Holds 10/10 | -
        control-seeds-table-06-chinese-slower | Holds 5/5   | -
        control-seeds-table-06-english-behind | Holds 3/3   | -
        control-seeds-table-06-others-adapt  | -           | -
        figure-05-forgets-less               | Holds 2/2   | -
        figure-05-learns-as-well             | Holds 1/1   | -
        figure-05-end-points                 | Holds 2/2   | -
        figure-05-higher-rate-learns         | -           | -
        figure-05-higher-rate-forgets        | -           | -
        figure-05-low-rate                   | -           | -
        figure-05-better-than-random         | -           | -
        beyond-slowed-forgets-less           | -           | -
        beyond-slowed-core-shifts            | -           | -
        beyond-replay-freezing-adds          | -           | -
        beyond-replay-replay-forgets-less    | -           | -
        control-frozen-better-than-bottom    | -           | -
        control-frozen-better-than-arabic    | -           | -
        """;

    private static readonly Dictionary<string, PaperOutcome> Smaller = Outcomes(PaperProfiles.Llama2Of7B);
    private static readonly Dictionary<string, PaperOutcome> Larger = Outcomes(PaperProfiles.Llama2Of13B);

    [Test]
    public void Each_claim_has_the_outcome_it_is_known_to_have()
    {
        IEnumerable<string> outcomes = Smaller.Keys.Select(id => $"{id,-36} | {Text(Smaller[id]),-11} | {Text(Larger[id])}");
        string.Join('\n', outcomes.Prepend($"{"claim",-36} | {"LLaMA-2-7B",-11} | LLaMA-2-13B")).Should().Be(Expected);
    }

    [Test]
    public void A_claim_says_why_the_papers_numbers_do_not_satisfy_it_exactly_where_they_do_not()
    {
        string[] failing = [.. Smaller.Concat(Larger).Where(o => o.Value.Kind == VerdictKind.Fails).Select(o => o.Key).Distinct()];
        PaperProfiles.FullSizes.SelectMany(Tested.Paper.Claims).Where(c => c.WhyPaperFails.Length > 0).Select(c => c.Id).Distinct().Should().BeEquivalentTo(failing);
    }

    [Test]
    public void Dimensions_removed_from_13b_are_held_against_13bs_own_base()
    {
        Increase(PaperProfiles.Llama2Of7B).Should().BeApproximately(Math.Log(6.529 / 6.452), 1e-9, "Tables 2 and 3");
        Increase(PaperProfiles.Llama2Of13B).Should().BeApproximately(Math.Log(6.992 / 5.865), 1e-9, "Tables 3 and 4");
    }

    private static double Increase(Profile profile) =>
        Measures.Increase(new DimensionRemoval(DimensionScope.AttentionAndFeedForward, DimensionKind.Random, 10), PaperLanguages.Get("zh"))
            .Evaluate(Tested.Paper.Tables(profile).Single(t => t.Id == "table-03").Published).Single();

    private static Dictionary<string, PaperOutcome> Outcomes(Profile profile) =>
        (from table in Tested.Paper.Tables(profile) from claim in table.Claims select (claim.Id, PaperOutcome.Of(claim, table.Published))).ToDictionary();

    private static string Text(PaperOutcome outcome) => outcome.Kind == VerdictKind.NotApplicable ? "-" : $"{outcome.Kind} {outcome.Printed - outcome.Outside}/{outcome.Printed}";
}
