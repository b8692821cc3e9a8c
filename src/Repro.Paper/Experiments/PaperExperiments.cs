using Repro.Paper.Languages;

namespace Repro.Paper.Experiments;

/// <summary>The tables this harness measures.</summary>
public static class PaperExperiments
{
    /// <summary>All of them.</summary>
    /// <param name="draws">Random draws at a ratio.</param>
    public static IReadOnlyList<Experiment> All(Func<double, int> draws) =>
    [
        Core("table-01", "Core region, 3 % removed, 11 languages", [0.03], SampleSize.Large, draws, PaperLanguages.Eleven),
        Monolingual("table-05", "ru"),
        Monolingual("table-09", "ar"),
        Monolingual("table-10", "es"),
        Monolingual("table-11", "zh"),
        Monolingual("table-12", "ko"),
        Monolingual("table-13", "vi"),
        Core("table-14", "Core region, 3 % removed, 30 languages", [0.03], SampleSize.Large, draws, PaperLanguages.All),
        Core("table-15", "Core region, 3 % removed, a tenth of the samples", [0.03], SampleSize.Small, draws, PaperLanguages.All),
        Core("table-16", "Core region, 1 % and 5 % removed", [0.01, 0.05], SampleSize.Large, draws, PaperLanguages.All),
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

    private static Experiment Core(
        string id, string title, IReadOnlyList<double> ratios, SampleSize samples, Func<double, int> draws, IReadOnlyList<Language> languages) =>
        new(id, title, [Condition.Base, .. ratios.SelectMany(ratio => CoreConditions(ratio, samples, draws(ratio)))], languages);

    private static IEnumerable<Condition> CoreConditions(double ratio, SampleSize samples, int draws) =>
    [
        new(RegionKind.Top, ratio, samples),
        new(RegionKind.Bottom, ratio, samples),
        .. Enumerable.Range(0, draws).Select(draw => new Condition(RegionKind.Random, ratio, Draw: draw)),
    ];

    private static Experiment Monolingual(string id, string language) =>
        new(
            id,
            $"{PaperLanguages.Get(language).Name} region, 1 % less the other five, 11 languages",
            [
                Condition.Base,
                .. from samples in new[] { SampleSize.Small, SampleSize.Large }
                   from kind in new[] { RegionKind.Top, RegionKind.Bottom }
                   select new Condition(kind, 0.01, samples, language),
            ],
            PaperLanguages.Eleven);
}
