using Repro.Harness.Atlases;
using Repro.Harness.Figures;
using Repro.Harness.Goldens;

namespace Repro.Report.Tests.Atlases;

/// <summary>An atlas made by hand: two languages with regions, one without, names that would be markup.</summary>
internal static class SampleAtlas
{
    private const string Nasty = "<script>document.title = 'broken'</script>";

    public static Atlas Of(Provenance provenance) => new()
    {
        Checkpoint = "mine & yours",
        Provenance = provenance,
        Languages = [Language("ru", "Russian", true, "Slavic"), Language("zh", "Chinese", true, "Sinitic"), Language("xx", Nasty, false, null)],
        LeftOut = ["yy: fewer than 2 test lines"],
        Increases = new Figure("increases", [], "What each region costs every language", "Factors of perplexity.", FigureKind.HeatMap, "language", [new FigurePanel("", [Row("Russian", 2, 0.1), Row("Chinese", 0.2, double.PositiveInfinity)])]),
        Doses = new Figure("doses", [], "How much is lost as more is removed", "More and more.", FigureKind.Curves, "percent", [new FigurePanel("Russian", [Dose("Top", 4), Dose("Random", 0.1)])]),
        Overlaps = [new AtlasOverlap("ru", "zh", new Estimate(0.07, 0.06, 0.08, null))],
        OverlapByChance = 0.005,
        Profiles = [Profile("ru"), Profile("zh")],
        Tree = new LanguageTree(null, 0.8, new LanguageTree("ru", 0, null, null), new LanguageTree(null, 0.3, new LanguageTree("zh", 0, null, null), new LanguageTree("xx", 0, null, null))),
        Groups = [new GroupDistance("family", 0.1, 0.4, 0.003)],
    };

    private static AtlasLanguage Language(string code, string name, bool hasRegion, string? family) =>
        new(code, name, family is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["family"] = family }, hasRegion, 20, new Estimate(3, 2.9, 3.1, null));

    private static FigureSeries Row(string name, double russian, double chinese) => new(name, [Point("Russian", null, 3 + russian, russian), Point("Chinese", null, 3 + chinese, chinese), Point(Nasty, null, 3.1, 0.1)]);

    private static FigureSeries Dose(string name, double increase) => new(name, [new FigurePoint("0 %", 0, new Estimate(3, 2.9, 3.1, null), null), Point("1 %", 1, 3 + increase, increase)]);

    private static FigurePoint Point(string label, double? x, double nats, double increase) =>
        new(label, x, new Estimate(nats, nats - 0.1, nats + 0.1, null), new Estimate(increase, increase - 0.1, increase + 0.1, null));

    private static AtlasProfile Profile(string code) =>
        new(code, 1234, 0.006, [0.005, 0.007], new Dictionary<string, double> { ["Query"] = 0.004, ["AttentionOutput"] = 0.006 }, [[0.001, 0.009], [0.01, 0]]);
}
