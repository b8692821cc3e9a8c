using Repro.Engine.Training;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>The experiments that train further: Tables 2 and 6, Section 3.5, and what the paper leaves to future work.</summary>
internal static class TrainingExperiments
{
    /// <summary>Share of the core region that Section 3.5 freezes.</summary>
    public const double FrozenRatio = 0.05;

    private const int Quarters = 4;

    /// <summary>Shares of the learning rate that the core region gets, beyond the paper; 1 is the full-scale run and 0 holds masters too.</summary>
    public static IReadOnlyList<double> Factors { get; } = [0, 0.01, 0.1, 0.5];

    /// <summary>Shares of other languages' documents mixed in, beyond the paper.</summary>
    public static IReadOnlyList<double> ReplayShares { get; } = [0.01, 0.05, 0.1];

    /// <summary>Texts of Tables 2 and 6: Chinese of two origins, and English.</summary>
    public static IReadOnlyList<Language> RemoveFreezeTexts { get; } = [PaperLanguages.Get("zh"), PaperLanguages.FurtherChinese, PaperLanguages.Get("en")];

    /// <summary>Texts of Figure 5, the trained language's of two origins.</summary>
    public static IReadOnlyList<Language> ForgettingTexts { get; } =
        [PaperLanguages.Get("ar"), PaperLanguages.FurtherArabic, PaperLanguages.Get("en"), PaperLanguages.Get("zh")];

    private static RegionRemoval Core { get; } = new(RegionKind.Top, FrozenRatio);

    private static RegionRemoval RandomRegion { get; } = new(RegionKind.Random, FrozenRatio);

    public static TrainingPlan TopFrozen(Profile profile, double ratio) => Plan(profile, ratio, RegionKind.Top, RegionTreatment.RemovedAndFrozen);

    public static TrainingPlan BottomFrozen(Profile profile, double ratio) => Plan(profile, ratio, RegionKind.Bottom, RegionTreatment.RemovedAndFrozen);

    public static TrainingPlan TopTrained(Profile profile, double ratio, MasterReading masters) =>
        Plan(profile, ratio, RegionKind.Top, RegionTreatment.RemovedAndTrained) with { Masters = masters };

    public static TrainingPlan Full(double rate) => new("ar", rate) { Repeated = true };

    public static TrainingPlan CoreFrozen(double rate) => Full(rate) with { Treatment = RegionTreatment.Frozen, Region = Core };

    public static TrainingPlan RandomFrozen(double rate) => Full(rate) with { Treatment = RegionTreatment.Frozen, Region = RandomRegion };

    public static TrainingPlan CoreSlowed(double rate, double factor) => Once(Full(rate)) with { Treatment = RegionTreatment.Slowed, Region = Core, Factor = factor };

    /// <summary>The plan with one seed: what lies beyond the paper is not repeated.</summary>
    public static TrainingPlan Once(TrainingPlan plan) => plan with { Repeated = false };

    public static TrainingPlan Replayed(TrainingPlan plan, double share) => Once(plan) with { Replay = share };

    public static Experiment RemoveFreeze(Profile profile, string id, double ratio)
    {
        TrainingPlan[] plans =
        [
            TopFrozen(profile, ratio),
            BottomFrozen(profile, ratio),
            TopTrained(profile, ratio, MasterReading.TrueZero),
            TopTrained(profile, ratio, MasterReading.MastersRestored),
        ];
        return new(
            id,
            $"{ratio * 100:0} % removed, frozen or trained on Chinese, 4 runs",
            [Condition.Base, .. plans.SelectMany(plan => profile.Training.RemoveFreezeStops.Select(documents => new FurtherTrained(plan, documents)))],
            RemoveFreezeTexts)
        {
            Quantities = [RegrowthQuantities.Of(ratio)],
        };
    }

    public static Experiment Forgetting(Profile profile) => new(
        "figure-05",
        "Further pre-training on Arabic, everything trained or 5 % frozen",
        [
            .. Curves(
                profile,
                [
                    .. from rate in new[] { profile.Training.HighRate, profile.Training.LowRate }
                       from plan in new[] { Full(rate), CoreFrozen(rate), RandomFrozen(rate) }
                       select plan,
                ]),
        ],
        ForgettingTexts);

    public static Experiment Slowed(Profile profile) => new(
        "beyond-slowed",
        "Beyond the paper: the core region at a share of the learning rate",
        [
            .. Curves(profile, [Once(Full(profile.Training.HighRate)), .. Factors.Select(f => CoreSlowed(profile.Training.HighRate, f))]),
        ],
        ForgettingTexts);

    public static Experiment Replay(Profile profile)
    {
        double rate = profile.Training.HighRate;
        return new(
            "beyond-replay",
            "Beyond the paper: freezing together with replay of other languages",
            [
                .. Curves(
                    profile,
                    [
                        Once(Full(rate)),
                        Once(CoreFrozen(rate)),
                        .. from share in ReplayShares
                           from plan in new[] { Full(rate), CoreFrozen(rate) }
                           select Replayed(plan, share),
                    ]),
            ],
            ForgettingTexts);
    }

    /// <summary>Where a curve of Figure 5 is measured, in documents: before the first step and after each quarter of the run.</summary>
    public static IReadOnlyList<int> Stops(Profile profile, TrainingPlan plan)
    {
        int documents = profile.Training.ArabicDocuments + (int)Math.Round(plan.Replay * profile.Training.ArabicDocuments);
        return [.. Enumerable.Range(0, Quarters + 1).Select(i => documents * i / Quarters)];
    }

    private static IEnumerable<Condition> Curves(Profile profile, IEnumerable<TrainingPlan> plans) =>
        plans.SelectMany(plan => Stops(profile, plan).SelectMany(documents => new FurtherTrained(plan, documents).Draws(profile)));

    private static TrainingPlan Plan(Profile profile, double ratio, RegionKind kind, RegionTreatment treatment) =>
        new("zh", profile.Training.RemoveFreezeRate, treatment, new RegionRemoval(kind, ratio));
}
