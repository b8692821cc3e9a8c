using Repro.Engine.Regions;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

/// <summary>The claims' own statistics on the paper's numbers: the instrument must find what the paper says.</summary>
public sealed class PublishedNumbersTests
{
    private static readonly double Rate = PaperProfiles.Tiny.Training.LearningRate;
    private static readonly int ArabicDocuments = PaperProfiles.Tiny.FurtherDocuments("ar");
    private static readonly RegionSpec Core = new(RegionKind.Top, 0.01);
    private static readonly TrainingPlan Arabic = new("ar", Rate);

    private static readonly TestCaseData[] NotPrinted =
    [
        Case("a language that Table 2 does not follow", "table-02", new("zh", 1e-3, RegionTreatment.RemovedAndFrozen, Core), 8, "fr"),
        Case("Chinese without a region", "table-02", new("zh", 1e-3), 8, "zh"),
        Case("Figure 5 after half of the documents", "figure-05", Arabic, ArabicDocuments / 2, "zh"),
        Case("Figure 5 at the lower rate", "figure-05", Arabic with { LearningRate = Rate / 10 }, ArabicDocuments, "zh"),
        Case("Figure 5 at a rate and after documents of its own", "figure-05", new("ar", 1e-9), 3, "zh"),
        Case("Figure 5 with replay", "figure-05", Arabic with { Replay = 0.1 }, ArabicDocuments, "zh"),
        Case("Figure 5 with a random region frozen", "figure-05", Arabic with { Treatment = RegionTreatment.Frozen, Region = Core with { Kind = RegionKind.Random } }, ArabicDocuments, "zh"),
        Case("Figure 5 with slowed updates", "figure-05", Arabic with { Treatment = RegionTreatment.Slowed, Region = Core }, ArabicDocuments, "zh"),
        Case("Figure 5 on another text of the language", "figure-05", Arabic, ArabicDocuments, "ar-further"),
    ];

    [TestCase("table-01", RegionKind.Top, 0.03, SamplePart.Large, "ar", 127208.25)]
    [TestCase("table-14", RegionKind.Top, 0.03, SamplePart.Large, "ar", 127208.25)]
    [TestCase("table-15", RegionKind.Top, 0.03, SamplePart.Small, "ar", 115398.328)]
    [TestCase("table-16", RegionKind.Bottom, 0.01, SamplePart.Large, "zh", 8.561)]
    [TestCase("table-16", RegionKind.Random, 0.05, SamplePart.Large, "vi", 9.015)]
    public void Core_conditions_find_their_cell(string table, RegionKind kind, double ratio, SamplePart samples, string language, double perplexity) =>
        Math.Exp(Nats(table, new RegionRemoval(kind, ratio, samples), language)).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [TestCase("table-05", RegionKind.Top, SamplePart.Small, "ru", "uk", 18.147)]
    [TestCase("table-12", RegionKind.Top, SamplePart.Large, "ko", "ja", 15.062)]
    [TestCase("table-13", RegionKind.Bottom, SamplePart.Large, "vi", "vi", 5.874)]
    public void Monolingual_conditions_find_their_cell(string table, RegionKind kind, SamplePart samples, string region, string language, double perplexity) =>
        Math.Exp(Nats(table, new RegionRemoval(kind, 0.01, samples, region), language)).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [Test]
    public void The_papers_top_removal_lies_inside_the_bound_in_every_language()
    {
        Claim claim = Tested.Claim("table-14-top-3");
        Rows(claim).Should().HaveCount(30).And.OnlyContain(v => v > claim.Bound.Low);
    }

    [TestCase("table-05-ru-only")]
    [TestCase("table-10-es-only")]
    [TestCase("table-09-ar-only")]
    [TestCase("table-11-zh-only")]
    [TestCase("table-12-ko-only")]
    [TestCase("table-13-vi-only")]
    public void The_papers_monolingual_removal_hurts_the_family_more_than_any_other(string claim) => Rows(Tested.Claim(claim)).Should().NotBeEmpty().And.OnlyContain(v => v > 0.03);

    [TestCase("table-14")]
    [TestCase("table-15")]
    [TestCase("table-16")]
    public void The_base_is_that_of_Table_14(string table) => Math.Exp(Nats(table, Condition.Base, "sw")).Should().BeApproximately(75.908, 1e-4);

    [TestCase("table-03", DimensionScope.AttentionAndFeedForward, DimensionKind.Top, 1, 848.326)]
    [TestCase("table-07", DimensionScope.Attention, DimensionKind.Random, 10, 6.504)]
    [TestCase("table-08", DimensionScope.AttentionInverted, DimensionKind.Middle, 5, 6.449)]
    public void Dimension_conditions_find_their_cell(string table, DimensionScope scope, DimensionKind kind, int count, double perplexity) =>
        Math.Exp(Nats(table, new DimensionRemoval(scope, kind, count), "zh")).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [TestCase(1, NormWeightChange.Reset, 83224.078)]
    [TestCase(1, NormWeightChange.TimesTen, 4363.462)]
    [TestCase(1, NormWeightChange.TimesFour, 257.7)]
    [TestCase(0, NormWeightChange.Reset, 5.860)]
    public void Weight_conditions_find_their_cell(int rank, NormWeightChange change, double perplexity) =>
        Math.Exp(Nats(change == NormWeightChange.TimesFour ? "figure-04" : "table-04", new NormWeightEdited(0, new ResidualDimension(rank), change), "zh")).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [Test]
    public void An_increase_is_that_over_the_tables_own_base()
    {
        RegionRemoval core = new(RegionKind.Top, 0.03);
        Increase("table-14", core).Should().Be(Nats("table-14", core, "zh") - Nats("table-14", Condition.Base, "zh"));
        Increase("table-03", new DimensionRemoval(DimensionScope.AttentionAndFeedForward, DimensionKind.Top, 1)).Should().BeApproximately(Math.Log(848.326 / 6.452), 1e-9, "Table 2, before training, without the bottom region");
        Increase("table-04", new NormWeightEdited(0, new ResidualDimension(1), NormWeightChange.Reset)).Should().BeApproximately(Math.Log(83224.078 / 5.865), 1e-9, "Table 4's first row");
        Increase("table-11", new RegionRemoval(RegionKind.Top, 0.01, own: "zh")).Should().BeApproximately(Math.Log(Perplexity(11, "Chinese", "7B.1%.100K.Chinese.Top") / 8.562), 1e-9, "Table 11 prints another base of Chinese than Table 14's 8.652");
    }

    [Test]
    public void Dimensions_were_found_from_100K_samples_only() =>
        Nats("table-03", new DimensionRemoval(DimensionScope.AttentionAndFeedForward, DimensionKind.Top, 1, SamplePart.Small), "zh").Should().Be(double.NaN);

    [TestCase(0, 5.86)]
    [TestCase(1, 5.858)]
    public void The_two_random_weights_are_two_of_the_papers(int draw, double perplexity) =>
        Math.Exp(Nats("table-04", new NormWeightEdited(0, ResidualDimension.Random(draw), NormWeightChange.Reset), "zh")).Should().BeApproximately(perplexity, 1e-9);

    [TestCase(RegionTreatment.RemovedAndFrozen, RegionKind.Top, 0.01, 8, "zh", 674.076)]
    [TestCase(RegionTreatment.RemovedAndFrozen, RegionKind.Bottom, 0.01, 800, "en", 488.429)]
    [TestCase(RegionTreatment.RemovedAndTrained, RegionKind.Top, 0.01, 80, "en", 18.952)]
    [TestCase(RegionTreatment.RemovedAndTrained, RegionKind.Top, 0.05, 0, "zh", 204630.063)]
    public void Training_conditions_find_their_cell(RegionTreatment treatment, RegionKind kind, double ratio, int documents, string text, double perplexity) =>
        Math.Exp(Nats(ratio == 0.01 ? "table-02" : "table-06", new FurtherTrained(new TrainingPlan("zh", 1e-3, treatment, new RegionSpec(kind, ratio)), documents), text)).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [TestCase(RegionTreatment.None, "zh", 563.423)]
    [TestCase(RegionTreatment.Frozen, "ar", 3.557)]
    public void The_end_points_of_Figure_5_are_found(RegionTreatment treatment, string text, double perplexity)
    {
        TrainingPlan plan = new("ar", Rate, treatment, treatment == RegionTreatment.None ? null : new RegionSpec(RegionKind.Top, 0.05));
        Math.Exp(Nats("figure-05", new FurtherTrained(plan, ArabicDocuments), text)).Should().BeApproximately(perplexity, 1e-6 * perplexity);
    }

    [TestCaseSource(nameof(NotPrinted))]
    public void What_the_paper_does_not_print_is_no_number(string table, TrainingPlan plan, int documents, string text) =>
        Nats(table, new FurtherTrained(plan, documents), text).Should().Be(double.NaN);

    [Test]
    public void Quantities_are_not_printed() =>
        Tested.Tables.SelectMany(t => t.Plan.Quantities.Select(q => t.Published.Quantity(q.Id).Single())).Should().NotBeEmpty().And.OnlyContain(v => double.IsNaN(v));

    [Test]
    public void Every_statistic_on_the_papers_numbers_is_a_number_or_none()
    {
        double[] all = [.. Tested.Claims.SelectMany(Rows)];
        all.Should().OnlyContain(v => double.IsFinite(v) || double.IsNaN(v));
        all.Count(double.IsFinite).Should().Be(772);
    }

    [Test]
    public void The_goldens_have_the_papers_numbers_beside_the_measured_ones()
    {
        GoldenFolder goldens = new(Project.Goldens, GoldenFolder.Names(Tested.Paper, PaperProfiles.Tiny));
        Tested.Claims.Should().AllSatisfy(claim => (goldens.ReadClaim(claim.Id)?.Rows.Select(r => r.Paper)).Should()
            .Equal(Rows(claim).Select(v => double.IsNaN(v) ? null : (double?)Math.Round(v, 4)), claim.Id));
        Tested.Claims.Should().AllSatisfy(claim => (goldens.ReadClaim(claim.Id)?.Paper).Should().Be(PaperOutcome.Of(claim, Tested.Table(claim.TableId).Published).ToString(), claim.Id));
    }

    private static double[] Rows(Claim claim) => [.. claim.Rows.Select(r => r.Statistic.Evaluate(Tested.Table(claim.TableId).Published).Single())];

    private static double Nats(string table, Condition condition, string text) => Tested.Table(table).Published.LogPerplexity(condition, PaperLanguages.Get(text)).Single();

    private static double Increase(string table, Condition condition) => Measures.Increase(condition, PaperLanguages.Get("zh")).Evaluate(Tested.Table(table).Published).Single();

    private static double Perplexity(int table, string row, string column) => (double)PublishedTable.Load(Project.Published, table).Find([row], c => c.Id == column)!.Value;

    private static TestCaseData Case(string what, string table, TrainingPlan plan, int documents, string text) => new TestCaseData(table, plan, documents, text).SetArgDisplayNames(what);
}
