using System.Globalization;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Profiles;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Figures;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;
using Repro.Papers.LinguisticRegions.Quantities;
using static Repro.Harness.Claims.Measures;

namespace Repro.Papers.LinguisticRegions.Tables;

/// <summary>Section 3.5 and Figure 5, further pre-training on Arabic; the control that the paper lacks, and what it leaves to future work.</summary>
internal sealed class Forgetting : TableFamily
{
    private const int Quarters = 4;

    /// <summary>Share of other languages' documents mixed in, beyond the paper.</summary>
    private const double ReplayShare = 0.05;

    private const string CoreAgainstOthers = "way of the core region over that of all other weights";

    /// <summary>Shares of the learning rate that the core region gets, beyond the paper; 1 is Figure 5's full-scale run, and at 0 the region is frozen as there.</summary>
    private static readonly double[] Factors = [0.1, 0.5];

    private static readonly RegionSpec Core = new(RegionKind.Top, 0.05);
    private static readonly RegionSpec RandomRegion = new(RegionKind.Random, 0.05);
    private static readonly RegionSpec BottomRegion = new(RegionKind.Bottom, 0.05);
    private static readonly Language Arabic = PaperLanguages.Get("ar");
    private static readonly RegionSpec ArabicRegion = Core with { Own = Arabic.Code };
    private static readonly RegionSpec AsLargeAsArabic = RandomRegion with { Own = Arabic.Code };
    private static readonly Language[] Others = [PaperLanguages.Get("en"), PaperLanguages.Get("zh")];

    /// <summary>The trained language's text of two origins, and two others.</summary>
    internal static readonly Language[] Texts = [Arabic, PaperLanguages.FurtherArabic, .. Others];

    /// <inheritdoc/>
    public override int Place => 8;

    /// <inheritdoc/>
    public override IEnumerable<PaperTable> Tables(Profile profile, PublishedNumbers published)
    {
        double rate = profile.Training.LearningRate;
        double low = rate / 10;
        IMeasurements numbers = PublishedNumbers.Of((condition, text) => published.IsModel(PublishedNumbers.Larger) ? null : Printed(published, profile, condition, text));
        PaperTable Table(string id, string name, string title, Repetition repetition, IEnumerable<TrainingPlan> runs, IReadOnlyList<Displacement> displacements, params Claim[] claims)
        {
            MeasurementPlan plan = new([Condition.Base, .. runs.SelectMany(run => Stops(profile, run).SelectMany(stop => stop.Draws(profile)))], Texts)
            {
                Displacements = displacements,
                Quantities = [.. displacements.Select((moved, seed) => DisplacementQuantities.Of(CoreAgainstOthers, seed, (moved, 0), (moved, 1)))],
            };
            return new PaperTable(id, name, title, plan, claims, profile)
            {
                Published = numbers,
                Figure = TrainingCurves.Of(
                    id,
                    title,
                    "Perplexity on a log axis as training goes on. Look at how far English and Chinese rise at equal Arabic: frozen below trained is forgetting slowed.",
                    plan,
                    profile,
                    numbers),
                Repetition = repetition,
                IsThorough = repetition == Repetition.Never,
            };
        }

        yield return Table(
            "figure-05",
            "Figure 5",
            "Further pre-training on Arabic, everything trained or 5 % frozen",
            Repetition.Always,
            [Full(rate), CoreFrozen(rate), RandomFrozen(rate), Full(low), CoreFrozen(low)],
            [],
            Forgets(profile, rate),
            LearnsAsWell(profile, rate),
            EndPoints(profile, rate),
            HigherRateLearns(profile, rate, low),
            HigherRateForgets(profile, rate, low),
            LowRate(profile, rate, low),
            BetterThanRandom(profile, rate));
        yield return Table(
            "beyond-slowed",
            "Beyond the paper",
            "Beyond the paper: the core region at a share of the learning rate",
            Repetition.Never,
            [Full(rate), .. Factors.Select(f => CoreSlowed(rate, f))],
            [.. Seeds(profile).Select(seed => CoreMoved(profile, rate, seed))],
            Slowed(profile, rate),
            CoreShifts(profile));
        yield return Table(
            "beyond-replay",
            "Beyond the paper",
            "Beyond the paper: freezing together with replay of other languages",
            Repetition.Never,
            [Full(rate), CoreFrozen(rate), Replayed(Full(rate)), Replayed(CoreFrozen(rate))],
            [],
            FreezingAndReplay(profile, rate),
            Replaying(profile, rate));
        yield return Table(
            "control-frozen",
            "Control",
            "Core region frozen against the Bottom region and the Arabic region",
            Repetition.Never,
            [CoreFrozen(rate), RandomFrozen(rate), Frozen(rate, BottomRegion), Frozen(rate, ArabicRegion), Frozen(rate, AsLargeAsArabic)],
            [],
            BetterThanBottom(profile, rate),
            BetterThanArabic(profile, rate));
    }

    /// <summary>Where a curve is measured: before the first step and after each quarter of the run. Runs are compared at equal level, which as a rule is in the last quarter of both.</summary>
    internal static IEnumerable<FurtherTrained> Stops(Profile profile, TrainingPlan run)
    {
        int documents = run.Documents(profile);
        return Enumerable.Range(0, Quarters + 1).Select(i => new FurtherTrained(run, documents * i / Quarters) { IsOnTheWay = run.Repeated && i is > 0 and < Quarters - 1 });
    }

    private static TrainingPlan Full(double rate) => new(Arabic.Code, rate) { Repeated = true };

    private static TrainingPlan CoreFrozen(double rate) => Frozen(rate, Core);

    private static TrainingPlan RandomFrozen(double rate) => Frozen(rate, RandomRegion);

    private static TrainingPlan Frozen(double rate, RegionSpec region) => Full(rate) with { Treatment = RegionTreatment.Frozen, Region = region };

    private static TrainingPlan CoreSlowed(double rate, double factor) => Full(rate) with { Treatment = RegionTreatment.Slowed, Region = Core, Factor = factor };

    private static TrainingPlan Replayed(TrainingPlan run) => run with { Replay = ReplayShare };

    private static IEnumerable<int> Seeds(Profile profile) => Enumerable.Range(0, profile.TrainingDraws);

    private static Displacement CoreMoved(Profile profile, double rate, int seed) => new(Stops(profile, Full(rate)).Last() with { Draw = seed }, [Core]);

    private static Claim Forgets(Profile profile, double rate) => new()
    {
        Id = "figure-05-forgets-less",
        Sentence = "At equal Arabic perplexity, freezing the core region forgets less",
        Rows = [.. Others.Select(l => new ClaimRow(l.Name, Saved(profile, Full(rate), CoreFrozen(rate), l)))],
        Bound = Bound.Above(OnePercent),
        Rationale = "By more than 1 % of perplexity. The paper's end points differ by 0.09 nats in English and 1.8 in Chinese in favour of freezing.",
    };

    private static Claim LearnsAsWell(Profile profile, double rate) => new()
    {
        Id = "figure-05-learns-as-well",
        Sentence = "With the core region frozen, Arabic is learned as well",
        Rows = AtTheEnd(profile, CoreFrozen(rate), Full(rate), Texts.Except(Others)),
        Bound = Bound.Below(OnePercent),
        Rationale = "The paper's 3.557 is 0.003 nats below 3.566; 'comparable' is taken as at most 1 % of perplexity above, no more than what counts as less forgetting.",
        Kind = ClaimKind.NoEffect,
    };

    private static Claim EndPoints(Profile profile, double rate) => new()
    {
        Id = "figure-05-end-points",
        Sentence = "At the end of the run the model with its core region frozen has forgotten less",
        Rows = AtTheEnd(profile, Full(rate), CoreFrozen(rate), Others),
        Bound = Bound.Above(OnePercent),
        Rationale = "Section 3.5 prints the end points: 18.796 against 20.557 in English and 90.84 against 563.423 in Chinese, 0.09 and 1.8 nats. By more than 1 % of perplexity, as at equal Arabic.",
    };

    private static Claim HigherRateLearns(Profile profile, double rate, double low) => new()
    {
        Id = "figure-05-higher-rate-learns",
        Sentence = "With everything trained, ten times the learning rate learns more Arabic",
        Rows = AtTheEnd(profile, Full(low), Full(rate), Texts.Except(Others)),
        Bound = Bound.Above(OnePercent),
        Rationale = "'Increasing lr from 5e-6 to 5e-5 … boosts the acquisition of the target language' (Section 3.5), by more than 1 % of perplexity at the end of the run. The paper prints no number at the lower rate. A model that knows nothing yet learns more too.",
        Kind = ClaimKind.ModelIndependent,
    };

    private static Claim HigherRateForgets(Profile profile, double rate, double low) => new()
    {
        Id = "figure-05-higher-rate-forgets",
        Sentence = "With everything trained, ten times the learning rate forgets more of other languages",
        Rows = AtTheEnd(profile, Full(rate), Full(low), Others),
        Bound = Bound.Above(OnePercent),
        Rationale = "'While accelerates the forgetting rate of the non-target languages' (Section 3.5), by more than 1 % of perplexity at the end of the run. The paper prints no number at the lower rate.",
    };

    private static Claim LowRate(Profile profile, double rate, double low) => new()
    {
        Id = "figure-05-low-rate",
        Sentence = "At a tenth of the learning rate freezing makes less than half the difference",
        Rows =
        [
            .. from language in Others
               let high = End(profile, Full(rate), language) - End(profile, CoreFrozen(rate), language)
               let difference = End(profile, Full(low), language) - End(profile, CoreFrozen(low), language)
               from row in new[] { ("better", difference - (0.5 * high)), ("worse", (-1 * difference) - (0.5 * high)) }
               select new ClaimRow($"{language.Name}, {row.Item1}", row.Item2),
        ],
        Bound = Bound.Below(0),
        Rationale = "'The difference … is minimal', and significant at the higher rate: the end points differ by less than half of what they differ by there, in the languages that are forgotten. The paper prints no number at the lower rate.",
        Kind = ClaimKind.NoEffect,
    };

    private static Claim BetterThanRandom(Profile profile, double rate) => new()
    {
        Id = "figure-05-better-than-random",
        Sentence = "Freezing the core region forgets less than freezing as many random weights",
        Rows = [.. Others.Select(l => new ClaimRow(l.Name, Saved(profile, RandomFrozen(rate), CoreFrozen(rate), l)))],
        Bound = Bound.Above(OnePercent),
        Rationale = "By more than 1 % of perplexity. The control that the paper lacks: were any 5 % as good, the core region would not be the reason.",
    };

    private static Claim BetterThanBottom(Profile profile, double rate) => new()
    {
        Id = "control-frozen-better-than-bottom",
        Sentence = "At equal Arabic perplexity, freezing the core region forgets less than freezing the bottom 5 percent",
        Rows = [.. Others.Select(l => new ClaimRow(l.Name, Saved(profile, Frozen(rate, BottomRegion), CoreFrozen(rate), l)))],
        Bound = Bound.Above(OnePercent),
        Rationale = "By more than 1 % of perplexity, as against random weights. As many weights are frozen, those of the least importance: were they as good, importance would not say which to freeze (Section 3.5). The paper has no such control.",
    };

    private static Claim BetterThanArabic(Profile profile, double rate) => new()
    {
        Id = "control-frozen-better-than-arabic",
        Sentence = "Beyond what freezing as many random weights saves, freezing the core region saves more than freezing the Arabic region",
        Rows =
        [
            .. Others.Select(l => new ClaimRow(
                l.Name, Saved(profile, RandomFrozen(rate), CoreFrozen(rate), l) - Saved(profile, Frozen(rate, AsLargeAsArabic), Frozen(rate, ArabicRegion), l))),
        ],
        Bound = Bound.Above(OnePercent),
        Rationale = "By more than 1 % of perplexity. What Eq. 5 leaves of Arabic's top 5 % is smaller than the core region, and fewer frozen weights save less: each region is held against random weights of its own size, at equal Arabic perplexity. A region of the language that is learned holds little of others (Section 3.4). The paper has no such control.",
    };

    private static Claim Slowed(Profile profile, double rate) => new()
    {
        Id = "beyond-slowed-forgets-less",
        Sentence = "Limiting the core region's updates forgets less",
        Rows =
        [
            .. Factors.Select(factor => new ClaimRow(
                string.Create(CultureInfo.InvariantCulture, $"{factor:0.##} of the rate"), Mean(Others.Select(l => Saved(profile, Full(rate), CoreSlowed(rate, factor), l))))),
        ],
        Bound = Bound.Above(OnePercent),
        Rationale = "By more than 1 % of perplexity. The paper's future work (Section 3.5) expects what freezing does, by degrees.",
    };

    private static Claim CoreShifts(Profile profile) => new()
    {
        Id = "beyond-slowed-core-shifts",
        Sentence = "With everything trained, the core region moves more than 5 percent further than all other weights",
        Rows = [new ClaimRow("core against all others", DisplacementQuantities.Mean(CoreAgainstOthers, profile.TrainingDraws))],
        Bound = Bound.Above(Further),
        Rationale = "'Significant shifts in the core linguistic region' are what forgetting is put down to (Section 3.5), and its 'range of variation … should be smaller' (Limitations). Root mean square of the way "
            + "the weights of the same matrices have gone at the end of the run; a random region goes as far as all weights do. 5 % is the line at which the controls call two sizes different. The paper prints no number.",
    };

    private static Claim FreezingAndReplay(Profile profile, double rate) => new()
    {
        Id = "beyond-replay-freezing-adds",
        Sentence = "Freezing the core region helps on top of replay",
        Rows = [new ClaimRow(Percent(ReplayShare), Mean(Others.Select(l => Saved(profile, Replayed(Full(rate)), Replayed(CoreFrozen(rate)), l))))],
        Bound = Bound.Above(OnePercent),
        Rationale = "By more than 1 % of perplexity. The paper calls its method compatible with data replay (Section 1).",
    };

    private static Claim Replaying(Profile profile, double rate) => new()
    {
        Id = "beyond-replay-replay-forgets-less",
        Sentence = "Replaying other languages forgets less",
        Rows = [new ClaimRow(Percent(ReplayShare), Mean(Others.Select(l => Saved(profile, Full(rate), Replayed(Full(rate)), l))))],
        Bound = Bound.Above(OnePercent),
        Rationale = "By more than 1 % of perplexity. Data replay is the usual remedy (Robins, 1995); English is not among what is replayed here, Chinese is.",
    };

    private static Statistic End(Profile profile, TrainingPlan run, Language text) => LogPerplexity(Stops(profile, run).Last(), text);

    private static ClaimRow[] AtTheEnd(Profile profile, TrainingPlan run, TrainingPlan less, IEnumerable<Language> texts) =>
        [.. texts.Select(l => new ClaimRow(l.Name, End(profile, run, l) - End(profile, less, l)))];

    private static AtEqualLevel Saved(Profile profile, TrainingPlan more, TrainingPlan less, Language text) =>
        new AtEqualLevel($"{more.Label(withRate: false)} - {less.Label(withRate: false)}", [.. Stops(profile, more)], [.. Stops(profile, less)], Arabic, text);

    // Section 3.5 prints the end points at the higher rate; the curves of Figure 5 are a picture.
    private static decimal? Printed(PublishedNumbers published, Profile profile, Condition condition, TestText text)
    {
        if (condition is not FurtherTrained { Plan: { Replay: 0 } run } trained || text.Further || run.LearningRate != profile.Training.LearningRate || trained.DocumentsSeen != run.Documents(profile))
            return null;
        string? how = run switch
        {
            { Treatment: RegionTreatment.None } => "everything trained",
            { Treatment: RegionTreatment.Frozen } when run.Region == Core => "core frozen",
            _ => null,
        };
        return how is null ? null : published.Statement($"{text.Name} perplexity, {how}");
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} % replayed");
}
