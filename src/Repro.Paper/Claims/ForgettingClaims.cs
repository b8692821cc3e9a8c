using System.Globalization;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Claims;

/// <summary>Section 3.5 and Figure 5, the control that the paper lacks, and what it leaves to future work.</summary>
public static class ForgettingClaims
{
    private const double Comparable = 0.05;
    private const double Minimal = 0.1;
    private const string Learned = "ar";

    private static readonly Language[] Others = [PaperLanguages.Get("en"), PaperLanguages.Get("zh")];

    /// <summary>The claims.</summary>
    /// <param name="profile">Gives the learning rates and the stops.</param>
    public static IEnumerable<Claim> All(Profile profile) =>
        [Forgets(profile), LearnsAsWell(profile), LowRate(profile), BetterThanRandom(profile), Slowed(profile), FreezingAndReplay(profile), Replayed(profile)];

    private static Claim Forgets(Profile profile)
    {
        double rate = profile.Training.HighRate;
        return Create("figure-05", "forgets-less", "Figure 5", "At equal Arabic perplexity, freezing the core region forgets less") with
        {
            Statistic = "nats per token with everything trained, less those with the core frozen, where both reach the same Arabic perplexity",
            Bound = Bound.Above(0),
            Rationale = "The paper's end points differ by 0.09 nats in English and 1.8 in Chinese in favour of freezing.",
            Rows = [.. Others.Select(l => new ClaimRow(l.Name, w => Saved(w, profile, TrainingExperiments.Full(rate), TrainingExperiments.CoreFrozen(rate), l.Key)))],
        };
    }

    private static Claim LearnsAsWell(Profile profile)
    {
        double rate = profile.Training.HighRate;
        return Create("figure-05", "learns-as-well", "Figure 5", "With the core region frozen, Arabic is learned as well") with
        {
            Statistic = "nats per token at the end with the core frozen, less those with everything trained",
            Bound = Bound.Below(Comparable),
            Rationale = "The paper's 3.557 is 0.003 nats below 3.566; 'comparable' is taken as at most 0.05 above.",
            Kind = ClaimKind.NoEffect,
            Rows =
            [
                .. new[] { PaperLanguages.Get("ar"), PaperLanguages.FurtherArabic }
                    .Select(l => new ClaimRow(l.Name, w => End(w, profile, TrainingExperiments.CoreFrozen(rate), l.Key) - End(w, profile, TrainingExperiments.Full(rate), l.Key))),
            ],
        };
    }

    private static Claim LowRate(Profile profile)
    {
        double rate = profile.Training.LowRate;
        return Create("figure-05", "low-rate", "Figure 5", "At a tenth of the learning rate freezing makes little difference") with
        {
            Statistic = "nats per token at the end with everything trained, less those with the core frozen",
            Bound = Bound.Within(Minimal),
            Rationale = "'The difference … is minimal'; the paper prints no number. 0.1 is about the smaller of its differences at the higher rate.",
            Kind = ClaimKind.NoEffect,
            Rows = [.. TrainingExperiments.ForgettingTexts.Select(l => new ClaimRow(l.Name, w => End(w, profile, TrainingExperiments.Full(rate), l.Key) - End(w, profile, TrainingExperiments.CoreFrozen(rate), l.Key)))],
        };
    }

    private static Claim BetterThanRandom(Profile profile)
    {
        double rate = profile.Training.HighRate;
        return Create("figure-05", "better-than-random", "Figure 5", "Freezing the core region forgets less than freezing as many random weights") with
        {
            Statistic = "nats per token with a random 5 % frozen, less those with the core frozen, where both reach the same Arabic perplexity",
            Bound = Bound.Above(0),
            Rationale = "The control that the paper lacks: were any 5 % as good, the core region would not be the reason.",
            Rows = [.. Others.Select(l => new ClaimRow(l.Name, w => Saved(w, profile, TrainingExperiments.RandomFrozen(rate), TrainingExperiments.CoreFrozen(rate), l.Key)))],
        };
    }

    private static Claim Slowed(Profile profile)
    {
        double rate = profile.Training.HighRate;
        return Create("beyond-slowed", "forgets-less", "Beyond the paper", "Limiting the core region's updates forgets less") with
        {
            Statistic = "mean nats per token in English and Chinese with everything trained, less those with the region at a share of the rate, at equal Arabic perplexity",
            Bound = Bound.Above(0),
            Rationale = "The paper's future work (Section 3.5) expects what freezing does, by degrees. One seed: the interval is over documents only.",
            Rows =
            [
                .. TrainingExperiments.Factors.Select(factor => new ClaimRow(
                    string.Create(CultureInfo.InvariantCulture, $"{factor:0.##} of the rate"),
                    w => Others.Average(l => Saved(w, profile, TrainingExperiments.Once(TrainingExperiments.Full(rate)), TrainingExperiments.CoreSlowed(rate, factor), l.Key)))),
            ],
        };
    }

    private static Claim Replayed(Profile profile)
    {
        double rate = profile.Training.HighRate;
        return Create("beyond-replay", "replay-forgets-less", "Beyond the paper", "Replaying other languages forgets less") with
        {
            Statistic = "mean nats per token in English and Chinese without replay, less those with it, at equal Arabic perplexity",
            Bound = Bound.Above(0),
            Rationale = "Data replay is the usual remedy (Robins, 1995); English is not among what is replayed here, Chinese is. One seed: the interval is over documents only.",
            Rows =
            [
                .. TrainingExperiments.ReplayShares.Select(share => new ClaimRow(
                    string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} % replayed"),
                    w => Others.Average(l => Saved(w, profile, TrainingExperiments.Once(TrainingExperiments.Full(rate)), TrainingExperiments.Replayed(TrainingExperiments.Full(rate), share), l.Key)))),
            ],
        };
    }

    private static Claim FreezingAndReplay(Profile profile)
    {
        double rate = profile.Training.HighRate;
        return Create("beyond-replay", "freezing-adds", "Beyond the paper", "Freezing the core region helps on top of replay") with
        {
            Statistic = "mean nats per token in English and Chinese with replay, less those with replay and the core frozen, at equal Arabic perplexity",
            Bound = Bound.Above(0),
            Rationale = "The paper calls its method compatible with data replay (Section 1). One seed: the interval is over documents only.",
            Rows =
            [
                .. TrainingExperiments.ReplayShares.Select(share => new ClaimRow(
                    string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} % replayed"),
                    w => Others.Average(l => Saved(w, profile, TrainingExperiments.Replayed(TrainingExperiments.Full(rate), share), TrainingExperiments.Replayed(TrainingExperiments.CoreFrozen(rate), share), l.Key)))),
            ],
        };
    }

    private static double End(IMeasuredWorld world, Profile profile, TrainingPlan plan, string text) =>
        world.Nats(new FurtherTrained(plan, TrainingExperiments.Stops(profile, plan)[^1]), text);

    /// <summary>How much less a text was forgotten by one run than by another when both had learned Arabic equally well.</summary>
    private static double Saved(IMeasuredWorld world, Profile profile, TrainingPlan more, TrainingPlan less, string text)
    {
        double level = Math.Max(Best(world, profile, more), Best(world, profile, less));
        return AtLevel(world, profile, more, text, level) - AtLevel(world, profile, less, text, level);
    }

    private static double Best(IMeasuredWorld world, Profile profile, TrainingPlan plan) =>
        TrainingExperiments.Stops(profile, plan).Select(stop => world.Nats(new FurtherTrained(plan, stop), Learned)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    // Where Arabic last gets down to the level, between two stops by straight lines; at the end where only the end is known (the paper).
    private static double AtLevel(IMeasuredWorld world, Profile profile, TrainingPlan plan, string text, double level)
    {
        (double Arabic, double Text)[] curve =
        [
            .. TrainingExperiments.Stops(profile, plan)
                .Select(stop => (world.Nats(new FurtherTrained(plan, stop), Learned), world.Nats(new FurtherTrained(plan, stop), text)))
                .Where(p => double.IsFinite(p.Item1) && double.IsFinite(p.Item2)),
        ];
        int reached = Enumerable.Range(1, Math.Max(0, curve.Length - 1)).LastOrDefault(i => curve[i - 1].Arabic > level && curve[i].Arabic <= level);
        if (reached == 0)
            return curve.Length == 0 ? double.NaN : curve[^1].Text;
        (double Arabic, double Text) before = curve[reached - 1];
        (double Arabic, double Text) after = curve[reached];
        double share = (before.Arabic - level) / (before.Arabic - after.Arabic);
        return before.Text + (share * (after.Text - before.Text));
    }

    private static Claim Create(string experiment, string name, string table, string sentence) => new()
    {
        Id = $"{experiment}-{name}",
        Table = table,
        Sentence = sentence,
        Statistic = "",
        Bound = default,
        Rationale = "",
        Experiments = [experiment],
        Languages = TrainingExperiments.ForgettingTexts,
        Rows = [],
    };
}
