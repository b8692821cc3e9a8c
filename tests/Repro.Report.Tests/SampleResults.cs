using Repro.Harness.Claims;
using Repro.Harness.Figures;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Reporting;
using Repro.Harness.Verification;
using Repro.Report.Model;

namespace Repro.Report.Tests;

/// <summary>Results by hand: every kind of verdict, figure and control, numbers that have exploded or are none, and names that are markup.</summary>
internal static class SampleResults
{
    public const string HostileName = "<script>alert(1)</script> & \"tuned\"";

    public const string HostileText = "Fudan University is located in </p><script>document.title = 'taken'</script> \u0007 | *stars* &amp;";

    private const double Exploded = 690.8;

    public static Results One { get; } = Results.Of(Environment, [Checkpoint("tiny", VerdictKind.Holds)], []);

    public static Results Three { get; } = Results.Of(
        Environment,
        [
            Checkpoint("base", VerdictKind.Holds),
            Checkpoint(HostileName, VerdictKind.Fails),
            new CheckpointResults("lost", "No checkpoint at <nowhere>: config.json is missing; name a folder in Hugging Face layout.", null, [], []),
        ],
        [new RegionOverlap("base", HostileName, 0.03, 0.41, 0.0152), new RegionOverlap("base", HostileName, 0.05, null, 0.0256)]);

    private static RunEnvironment Environment => new(
        "0.2.0", "e7a10bf", ".NET 10.0.0", "Linux", "X64, 512-bit vectors, 2 processors", "0.107.0", "repro verify --claims 'a < b'", new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "2" });

    internal static Provenance Provenance => new()
    {
        Profile = "tiny",
        DeviceClass = "cpu float32",
        Checkpoint = new string('a', 64),
        Corpus = new string('b', 64),
        FurtherCorpus = new string('c', 64),
        Readings = new Dictionary<string, string> { ["importance"] = "Signed", ["norms"] = "WithNorms", ["perplexity"] = "PerToken", ["samples"] = "Line" },
        SampleSizes = [100, 1000],
        Seed = 1,
        TorchSharp = "0.107.0",
        Command = "repro verify --profile tiny",
    };

    private static CheckpointResults Checkpoint(string name, VerdictKind top) => new(name, null, Report(top), [Categories, Curves, HeatMap], [Density("model.layers.0.mlp.down_proj.weight")]);

    private static VerificationReport Report(VerdictKind top)
    {
        double value = top == VerdictKind.Holds ? 1.2 : -0.8;
        ReportedVerdict[] verdicts =
        [
            Verdict("table-14-top-3", "Table 14", "table-14", "Removing the top 3 percent destroys every language", 0, null, top, [Row("Arabic", 7.5, value, 0, top), Row("English", 6.8, 2.1, 0, VerdictKind.Holds)])
                with { Gates = [new Gate("base perplexity", true, "geometric mean 72.31, expected 50 to 100"), new Gate("Bottom near base", false, "mean size of the change 0.400 nats per token, at most 0.03")] },
            Verdict("table-14-bottom-3", "Table 14", "table-14", "Removing the bottom 3 percent changes no language", -0.03, 0.03, VerdictKind.Inconclusive, [new VerdictRow("Arabic", 0.001, 0.02, -0.01, 0.05, -0.02, VerdictKind.Inconclusive)])
                with { Paper = new PaperOutcome(VerdictKind.Fails, 1, 2, "Table 14 prints more <for Arabic>") },
            Verdict("table-03-top", "Table 3", "table-03", "Removing the top dimensions hurts the model", 0.1, null, VerdictKind.Fails, [new VerdictRow("English, 3", null, double.NaN, double.NaN, double.NaN, double.NaN, VerdictKind.Fails), Row("English, 5", 4, Exploded, 0.1, VerdictKind.Holds)]),
            Verdict("figure-04-text", "Figure 4", "figure-04", "The text that the model then writes is worse", 0, null, VerdictKind.NotApplicable, []) with { Reason = "the corpus lacks English" },
            Verdict("figure-02-concentrated", "Figure 2", "figure-02", "The core region is concentrated in rows and columns", 0, null, VerdictKind.Holds, [Row("down", null, 0.4, 0, VerdictKind.Holds)])
                with { Paper = new PaperOutcome(VerdictKind.NotApplicable, 0, 0, "") },
        ];
        return new VerificationReport(
            Provenance,
            false,
            verdicts,
            new Dictionary<string, IReadOnlyList<string>> { ["tables/table-14"] = ["Arabic, top 3% core large: 5.1 instead of 4.9"] },
            [Table("table-14", "Core region, 3 % removed", null), Table("figure-04", "Continuations", new Dictionary<string, string> { ["base"] = "Fudan University is located in Shanghai.", ["times four"] = HostileText })],
            new RobustnessGolden
            {
                Provenance = Provenance,
                Readings = new Dictionary<string, string> { ["absolute"] = "importance sums |θ · g|" },
                Claims = verdicts.ToDictionary(v => v.Id, v => (IReadOnlyDictionary<string, VerdictKind>)new Dictionary<string, VerdictKind> { [RobustnessGolden.Own] = v.Verdict, ["absolute"] = VerdictKind.Holds }),
                Dependent = ["table-14-top-3: Fails under the profile's own readings, Holds under absolute."],
            },
            new UntrainedGolden { Provenance = Provenance with { Untrained = true }, Claims = verdicts.ToDictionary(v => v.Id, _ => VerdictKind.Fails), Confirmed = [], ModelIndependent = ["figure-02-concentrated", "not-asked-here"] });
    }

    private static ReportedVerdict Verdict(
        string id, string table, string tableId, string sentence, double? above, double? below, VerdictKind kind, IReadOnlyList<VerdictRow> rows) => new(
        id, table, tableId, sentence, ClaimKind.Effect, "increase(Top 3 %, language)", above, below, "The paper's largest change is 0.03 nats.", new PaperOutcome(VerdictKind.Holds, 0, 2, ""), kind, VerdictKind.Holds, "2 of 2 lie inside the bound", 0.975, rows, []);

    private static VerdictRow Row(string label, double? paper, double value, double above, VerdictKind kind) => new(label, paper, value, value - 0.2, value + 0.2, value - 0.2 - above, kind);

    private static TableResult Table(string id, string title, IReadOnlyDictionary<string, string>? texts) => new()
    {
        Table = id,
        Title = title,
        Provenance = Provenance,
        Tolerances = new Tolerances(),
        Conditions = new Dictionary<string, ToleranceClass> { ["base"] = ToleranceClass.Base, ["top 3% core large"] = ToleranceClass.Edited },
        Texts = new Dictionary<string, TextResult>
        {
            ["Arabic"] = new TextResult { Documents = 20, Tokens = 1234, UnigramNats = 6.1, BasePerplexity = 72.3, NatsPerToken = new Dictionary<string, double> { ["base"] = 4.28, ["top 3% core large"] = Exploded } },
        },
        Regions = new Dictionary<string, RegionFacts>
        {
            ["top 3% core large"] = new(300, 10_000, IsDifference: false, new Dictionary<string, long> { ["w"] = 300 }, new string('d', 64), 4, 0.71),
        },
        Quantities = new Dictionary<string, QuantityResult> { ["surprise"] = new(0.01, -0.2, 0.3, "nats per token", 0.1) },
        Continuations = texts,
    };

    private static Figure Categories => new("table-14", ["table-14"], "Core region, 3 % removed", "Look for Top far above the rest.", FigureKind.Categories, "language",
    [
        new FigurePanel("", [new FigureSeries("Base", [Point("Arabic", null, 4.1), Point("English", null, 3.9)]), new FigureSeries("Top 3 %", [Point("Arabic", null, Exploded), Point("English", null, double.NaN)])]),
    ]);

    private static Figure Curves => new("table-03", ["table-03"], "Top dimensions removed", "Look for Top above Random.", FigureKind.Curves, "dimensions removed",
    [
        new FigurePanel("English", [new FigureSeries("Top", [Point("0", 0, 4), Point("3", 3, 6.5)]), new FigureSeries("Random", [Point("0", 0, 4), Point("3", 3, 4.1)])]),
        new FigurePanel("Chinese", [new FigureSeries("Top", [Point("0", 0, 4), Point("3", 3, double.NaN)]), new FigureSeries("Random", [])]),
    ]);

    private static Figure HeatMap => new("monolingual", ["table-03"], "Monolingual regions removed", "Look for the diagonal.", FigureKind.HeatMap, "language",
    [
        new FigurePanel("", [new FigureSeries("Russian", [Point("Russian", null, 4.6), Point("Ukrainian", null, 4.9)]), new FigureSeries("Chinese", [Point("Russian", null, 4.1), Point("Ukrainian", null, double.NaN)])]),
    ]);

    private static FigurePoint Point(string label, double? x, double nats) =>
        new(label, x, new Estimate(nats, nats - 0.1, nats + 0.1, 2.3), new Estimate(nats - 4, nats - 4.1, nats - 3.9, null));

    private static DensityMap Density(string matrix) => new("figure-02", matrix, [[0, 0.5, 0.1], [1, 0.1, 0], [0.2, 0.2, 0.2]]);
}
