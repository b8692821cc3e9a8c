using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>The tables and figures this harness measures, in the order they run: the quick and much asked for come first.</summary>
public static class PaperExperiments
{
    /// <summary>N_d of Tables 3, 7 and 8.</summary>
    public static IReadOnlyList<int> DimensionCounts { get; } = [1, 3, 5, 10];

    /// <summary>Tables 3, 7 and 8 report one perplexity, Chinese; English and Arabic stand beside it here.</summary>
    public static IReadOnlyList<Language> DimensionLanguages { get; } = [PaperLanguages.Get("zh"), PaperLanguages.Get("en"), PaperLanguages.Get("ar")];

    /// <summary>Ids of all experiments.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. All(PaperProfiles.Tiny).Select(e => e.Id)];

    /// <summary>All of them.</summary>
    /// <param name="profile">Gives the number of random draws, the readings and the scale of training.</param>
    public static IReadOnlyList<Experiment> All(Profile profile) =>
    [
        Core(profile, "table-01", "Core region, 3 % removed, 11 languages", [0.03], SampleSize.Large, PaperLanguages.Eleven),
        Monolingual("table-05", "ru"),
        Monolingual("table-09", "ar"),
        Monolingual("table-10", "es"),
        Monolingual("table-11", "zh"),
        Monolingual("table-12", "ko"),
        Monolingual("table-13", "vi"),
        Baselines(profile, Core(profile, "table-14", "Core region, 3 % removed, 30 languages", [0.03], SampleSize.Large, PaperLanguages.All)),
        Core(profile, "table-15", "Core region, 3 % removed, a tenth of the samples", [0.03], SampleSize.Small, PaperLanguages.All),
        Core(profile, "table-16", "Core region, 1 % and 5 % removed", [0.01, 0.05], SampleSize.Large, PaperLanguages.All),
        DimensionsRemoved(profile, "table-03", "Dimensions of attention and feed-forward removed", DimensionScope.AttentionAndFeedForward),
        DimensionsRemoved(profile, "table-07", "Dimensions of attention removed", DimensionScope.Attention),
        DimensionsRemoved(profile, "table-08", "Dimensions of attention removed, rows and columns inverted", DimensionScope.AttentionInverted),
        new("figure-02", "Concentration of the Top 5 % region in rows and columns", [], []) { Quantities = ConcentrationQuantities.All },
        new("appendix-b", "Regions and importance from two sample sizes", [], []) { Quantities = ConsistencyQuantities.All },
        new("equation-04", "First-order importance against exact ablation", [], []) { Quantities = ApproximationQuantities.All },
        PerturbationExperiments.Dimensions(profile),
        PerturbationExperiments.NormWeights(),
        PerturbationExperiments.Continuations(),
        PerturbationExperiments.Planted(),
        TrainingExperiments.RemoveFreeze(profile, "table-02", 0.01),
        TrainingExperiments.RemoveFreeze(profile, "table-06", 0.05),
        TrainingExperiments.Forgetting(profile),
        TrainingExperiments.Slowed(profile),
        TrainingExperiments.Replay(profile),
    ];

    /// <summary>The table that shows a language's monolingual region.</summary>
    public static string MonolingualTable(string language) => language switch
    {
        "ru" => "table-05",
        "ar" => "table-09",
        "es" => "table-10",
        "zh" => "table-11",
        "ko" => "table-12",
        "vi" => "table-13",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "not a region language"),
    };

    /// <summary>The table that removes dimensions in a scope.</summary>
    public static string DimensionTable(DimensionScope scope) => scope switch
    {
        DimensionScope.AttentionAndFeedForward => "table-03",
        DimensionScope.Attention => "table-07",
        _ => "table-08",
    };

    private static Experiment Core(Profile profile, string id, string title, IReadOnlyList<double> ratios, SampleSize samples, IReadOnlyList<Language> languages) =>
        new(id, title, [Condition.Base, .. ratios.SelectMany(ratio => CoreConditions(profile, ratio, samples))], languages);

    private static IEnumerable<Condition> CoreConditions(Profile profile, double ratio, SampleSize samples) =>
    [
        new RegionRemoval(RegionKind.Top, ratio, samples),
        new RegionRemoval(RegionKind.Bottom, ratio, samples),
        .. new RegionRemoval(RegionKind.Random, ratio).Draws(profile),
    ];

    // The gradient alone can be had only from signed sums.
    private static Experiment Baselines(Profile profile, Experiment core) => core with
    {
        Conditions =
        [
            .. core.Conditions,
            new RegionRemoval(RegionKind.Top, 0.03, Score: ImportanceScore.Magnitude),
            .. profile.Reading == ImportanceReading.Signed ? [new RegionRemoval(RegionKind.Top, 0.03, Score: ImportanceScore.Gradient)] : Array.Empty<Condition>(),
        ],
    };

    private static Experiment Monolingual(string id, string language) =>
        new(
            id,
            $"{PaperLanguages.Get(language).Name} region, 1 % less the other five, 11 languages",
            [
                Condition.Base,
                .. from samples in new[] { SampleSize.Small, SampleSize.Large }
                   from kind in new[] { RegionKind.Top, RegionKind.Bottom }
                   select new RegionRemoval(kind, 0.01, samples, language),
            ],
            PaperLanguages.Eleven);

    private static Experiment DimensionsRemoved(Profile profile, string id, string title, DimensionScope scope) =>
        new(
            id,
            title,
            [
                Condition.Base,
                .. from count in DimensionCounts
                   from condition in new[]
                   {
                       new DimensionRemoval(scope, DimensionKind.Top, count),
                       new DimensionRemoval(scope, DimensionKind.Top, count, SampleSize.Small),
                       new DimensionRemoval(scope, DimensionKind.Middle, count),
                       new DimensionRemoval(scope, DimensionKind.Bottom, count),
                       new DimensionRemoval(scope, DimensionKind.Random, count),
                   }
                   from draw in condition.Draws(profile)
                   select draw,
            ],
            DimensionLanguages);
}
