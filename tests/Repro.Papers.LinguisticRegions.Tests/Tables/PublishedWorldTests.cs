using Repro.Harness.Claims;
using Repro.Engine.Regions;
using Repro.Harness.Measuring;
using Repro.Paper.Experiments.Conditions;
using Repro.Harness.Profiles;

namespace Repro.Paper.Tests.Claims;

/// <summary>The claims' own statistics on the paper's numbers: the instrument must find what the paper says.</summary>
public sealed class PublishedWorldTests
{
    private static readonly PublishedWorld Paper = new(Project.Published, PaperProfiles.Tiny);
    private static readonly TrainingScale Scale = PaperProfiles.Tiny.Training;
    private static readonly RegionRemoval Core = new(RegionKind.Top, 0.01);
    private static readonly TrainingPlan Arabic = new("ar", Scale.HighRate);

    private static readonly TestCaseData[] NotPrinted =
    [
        Case("a language that Table 2 does not follow", new("zh", 1e-3, RegionTreatment.RemovedAndFrozen, Core), 8, "fr"),
        Case("Chinese without a region", new("zh", 1e-3), 8, "zh"),
        Case("Figure 5 after half of the documents", Arabic, Scale.ArabicDocuments / 2, "zh"),
        Case("Figure 5 at the lower rate", Arabic with { LearningRate = Scale.LowRate }, Scale.ArabicDocuments, "zh"),
        Case("Figure 5 at a rate and after documents of its own", new("ar", 1e-9), 3, "zh"),
        Case("Figure 5 with replay", Arabic with { Replay = 0.1 }, Scale.ArabicDocuments, "zh"),
        Case("Figure 5 with a random region frozen", Arabic with { Treatment = RegionTreatment.Frozen, Region = Core with { Kind = RegionKind.Random } }, Scale.ArabicDocuments, "zh"),
        Case("Figure 5 with slowed updates", Arabic with { Treatment = RegionTreatment.Slowed, Region = Core }, Scale.ArabicDocuments, "zh"),
        Case("Figure 5 on another text of the language", Arabic, Scale.ArabicDocuments, "zh-further"),
    ];

    [TestCase(RegionKind.Top, 0.03, SampleSize.Large, "ar", 127208.25)]
    [TestCase(RegionKind.Top, 0.03, SampleSize.Small, "ar", 115398.328)]
    [TestCase(RegionKind.Bottom, 0.01, SampleSize.Large, "zh", 8.561)]
    [TestCase(RegionKind.Random, 0.05, SampleSize.Large, "vi", 9.015)]
    public void Core_conditions_find_their_cell(RegionKind kind, double ratio, SampleSize samples, string language, double perplexity) =>
        Math.Exp(Paper.Nats(new RegionRemoval(kind, ratio, samples), language)).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [TestCase(RegionKind.Top, SampleSize.Small, "ru", "uk", 18.147)]
    [TestCase(RegionKind.Top, SampleSize.Large, "ko", "ja", 15.062)]
    [TestCase(RegionKind.Bottom, SampleSize.Large, "vi", "vi", 5.874)]
    public void Monolingual_conditions_find_their_cell(RegionKind kind, SampleSize samples, string region, string language, double perplexity) =>
        Math.Exp(Paper.Nats(new RegionRemoval(kind, 0.01, samples, region), language)).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [Test]
    public void The_papers_top_removal_lies_inside_the_bound_in_every_language()
    {
        Claim claim = PaperClaims.All(PaperProfiles.Tiny).Single(c => c.Id == "table-14-top-3");
        claim.Rows.Select(r => r.Statistic(Paper)).Should().HaveCount(30).And.OnlyContain(v => v > claim.Bound.Low);
    }

    [TestCase("ru")]
    [TestCase("es")]
    [TestCase("ar")]
    [TestCase("zh")]
    [TestCase("ko")]
    [TestCase("vi")]
    public void The_papers_monolingual_removal_hurts_its_own_language_most(string language)
    {
        Claim claim = PaperClaims.All(PaperProfiles.Tiny).Single(c => c.Id == $"{PaperExperiments.MonolingualTable(language)}-{language}-own");
        claim.Rows.Select(r => r.Statistic(Paper)).Should().HaveCount(2).And.OnlyContain(v => v > 0);
    }

    [Test]
    public void The_base_is_that_of_Table_14() => Math.Exp(Paper.Nats(Condition.Base, "sw")).Should().BeApproximately(75.908, 1e-4);

    [TestCase(DimensionScope.AttentionAndFeedForward, DimensionKind.Top, 1, 848.326)]
    [TestCase(DimensionScope.Attention, DimensionKind.Random, 10, 6.504)]
    [TestCase(DimensionScope.AttentionInverted, DimensionKind.Middle, 5, 6.449)]
    public void Dimension_conditions_find_their_cell(DimensionScope scope, DimensionKind kind, int count, double perplexity) =>
        Math.Exp(Paper.Nats(new DimensionRemoval(scope, kind, count), "zh")).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [TestCase(1, WeightEdit.Reset, 83224.078)]
    [TestCase(1, WeightEdit.TimesTen, 4363.462)]
    [TestCase(1, WeightEdit.TimesFour, 257.7)]
    [TestCase(0, WeightEdit.Reset, 5.860)]
    public void Weight_conditions_find_their_cell(int rank, WeightEdit change, double perplexity) =>
        Math.Exp(Paper.Nats(new NormWeightEdited(0, new ResidualDimension(rank), change), "zh")).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [Test]
    public void An_increase_is_that_over_the_tables_own_base()
    {
        RegionRemoval core = new(RegionKind.Top, 0.03);
        Paper.Increase(core, "zh").Should().Be(Paper.Nats(core, "zh") - Paper.Nats(Condition.Base, "zh"));
        Paper.Increase(new DimensionRemoval(DimensionScope.AttentionAndFeedForward, DimensionKind.Top, 1), "zh").Should().BeApproximately(Math.Log(848.326 / 6.452), 1e-9, "Table 2, before training, without the bottom region");
        Paper.Increase(new NormWeightEdited(0, new ResidualDimension(1), WeightEdit.Reset), "zh").Should().BeApproximately(Math.Log(83224.078 / 5.865), 1e-9, "Table 4's first row");
    }

    [Test]
    public void Dimensions_were_found_from_100K_samples_only() =>
        Paper.Nats(new DimensionRemoval(DimensionScope.AttentionAndFeedForward, DimensionKind.Top, 1, SampleSize.Small), "zh").Should().Be(double.NaN);

    [TestCase(0, 5.86)]
    [TestCase(1, 5.858)]
    public void The_two_random_weights_are_two_of_the_papers(int draw, double perplexity) =>
        Math.Exp(Paper.Nats(new NormWeightEdited(0, ResidualDimension.Random(draw), WeightEdit.Reset), "zh")).Should().BeApproximately(perplexity, 1e-9);

    [TestCase(RegionTreatment.RemovedAndFrozen, RegionKind.Top, 0.01, 8, "zh", 674.076)]
    [TestCase(RegionTreatment.RemovedAndFrozen, RegionKind.Bottom, 0.01, 800, "en", 488.429)]
    [TestCase(RegionTreatment.RemovedAndTrained, RegionKind.Top, 0.01, 80, "en", 18.952)]
    [TestCase(RegionTreatment.RemovedAndTrained, RegionKind.Top, 0.05, 0, "zh", 204630.063)]
    public void Training_conditions_find_their_cell(RegionTreatment treatment, RegionKind kind, double ratio, int documents, string text, double perplexity) =>
        Math.Exp(Paper.Nats(new FurtherTrained(new TrainingPlan("zh", 1e-3, treatment, new RegionRemoval(kind, ratio)), documents), text)).Should().BeApproximately(perplexity, 1e-6 * perplexity);

    [TestCase(RegionTreatment.None, "zh", 563.423)]
    [TestCase(RegionTreatment.Frozen, "ar", 3.557)]
    public void The_end_points_of_Figure_5_are_found(RegionTreatment treatment, string text, double perplexity)
    {
        TrainingPlan plan = new("ar", PaperProfiles.Tiny.Training.HighRate, treatment, treatment == RegionTreatment.None ? null : new RegionRemoval(RegionKind.Top, 0.05));
        Math.Exp(Paper.Nats(new FurtherTrained(plan, PaperProfiles.Tiny.Training.ArabicDocuments), text)).Should().BeApproximately(perplexity, 1e-6 * perplexity);
    }

    [TestCaseSource(nameof(NotPrinted))]
    public void What_the_paper_does_not_print_is_no_number(TrainingPlan plan, int documents, string text) =>
        Paper.Nats(new FurtherTrained(plan, documents), text).Should().Be(double.NaN);

    private static TestCaseData Case(string what, TrainingPlan plan, int documents, string text) => new TestCaseData(plan, documents, text).SetArgDisplayNames(what);
}
