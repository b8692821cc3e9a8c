using Repro.Engine.Evaluation;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Goldens;

/// <summary>What a run's measurements become in a table's golden, on a few documents.</summary>
public sealed class TableResultTests
{
    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.05);
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.05);
    private static readonly RegionRemoval OtherDraw = new(RegionKind.Random, 0.05, draw: 1);
    private static readonly RegionRemoval Elsewhere = new(RegionKind.Random, 0.01);
    private static readonly TestText First = HandMadeProfile.First;

    private SmallSession session = null!;
    private MeasurementSet measured = null!;
    private TableResult result = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        session = new SmallSession();
        PaperTable table = Table(SmallSession.Plan(Condition.Base, Top, Random, OtherDraw, Elsewhere) with { Written = [new WrittenText("words", (_, _) => "once upon a time")] });
        measured = session.Measure(table.Plan);
        result = TableResult.From(table, measured, Provenance.Of(session.Model, "hash"));
    }

    [OneTimeTearDown]
    public void Close() => session.Dispose();

    [Test]
    public void Numbers_are_those_measured_to_six_digits_under_the_conditions_own_ids()
    {
        TextResult first = result.Texts["First"];
        first.Documents.Should().Be(20);
        first.Tokens.Should().Be(Measured(Condition.Base).Tokens);
        first.NatsPerToken.Should().HaveCount(5).And.Contain("base", Math.Round(Measured(Condition.Base).NatsPerToken, 6)).And.Contain(Top.Id, Math.Round(Measured(Top).NatsPerToken, 6));
        first.BasePerplexity.Should().Be(Math.Round(Measured(Condition.Base).Perplexity, 3));
        first.UnigramNats.Should().Be(Math.Round(UnigramModel.NatsPerToken(session.Model.Texts.Test(First)), 6));
        result.Texts.Keys.Should().Equal("First", "Second");
    }

    [Test]
    public void Each_condition_says_how_far_its_numbers_may_move() =>
        result.Conditions.Should().HaveCount(5).And.Contain("base", ToleranceClass.Base).And.Contain(Top.Id, ToleranceClass.Edited);

    [Test]
    public void Top_is_placed_among_the_random_draws_of_its_own_ratio()
    {
        int below = new[] { Random, OtherDraw }.Count(r => Measured(r).NatsPerToken < Measured(Top).NatsPerToken);
        result.Texts["First"].TopAmongRandom.Should().Equal(new Dictionary<string, string> { [Top.Id] = $"{below} of 2" });
        below.Should().Be(2);
    }

    [Test]
    public void Of_the_random_regions_the_first_is_kept_and_only_top_has_ties_and_halves()
    {
        result.Regions.Keys.Should().BeEquivalentTo([Top.Id, Random.Id, Elsewhere.Id]);
        RegionFacts top = result.Regions[Top.Id];
        top.Hash.Should().Be(session.Model.Regions.Get(Top.Region).Hash());
        top.Count.Should().Be(top.PerTensor.Values.Sum());
        top.Population.Should().Be(session.Model.Regions.Get(Top.Region).Population);
        top.TiesAtThreshold.Should().BeGreaterThanOrEqualTo(0);
        top.HalfOverlap.Should().BeInRange(0.01, 0.9999);
        top.IsDifference.Should().BeFalse();
        result.Regions[Random.Id].Should().Match<RegionFacts>(r => r.TiesAtThreshold == null && r.HalfOverlap == null && r.PerTensor.Count == top.PerTensor.Count);
    }

    [Test]
    public void A_quantity_has_its_95_percent_interval_to_five_digits() =>
        result.Quantities![SmallSession.Even].Should().Be(new QuantityResult(0.5, Math.Round(0.024975, 5), Math.Round(0.974025, 5), "thousandths", 0.125));

    [Test]
    public void What_the_model_wrote_is_kept() => result.Continuations.Should().Equal(new Dictionary<string, string> { ["words"] = "once upon a time" });

    [Test]
    public void What_there_is_none_of_is_absent()
    {
        TableResult plain = TableResult.From(Table(SmallSession.Plan(Condition.Base) with { Quantities = [] }), measured, result.Provenance);
        plain.Continuations.Should().BeNull();
        plain.Quantities.Should().BeNull();
        plain.Regions.Should().BeEmpty();
        plain.Texts["First"].TopAmongRandom.Should().BeNull("there is no random region to be placed among");
    }

    [Test]
    public void It_comes_back_from_its_file_with_nothing_different()
    {
        TableResult read = GoldenFolder.FromJson<TableResult>(GoldenFolder.ToJson(result), "the golden");
        GoldenComparer.Differences(read, result).Should().BeEmpty();
        read.Regions[Random.Id].Should().BeEquivalentTo(result.Regions[Random.Id], "a region without ties and halves is read too");
        read.Conditions.Should().Equal(result.Conditions);
        read.Continuations.Should().Equal(result.Continuations);
    }

    [Test]
    public void Provenance_says_on_what_and_under_which_readings()
    {
        result.Provenance.Should().BeEquivalentTo(new
        {
            Profile = "small",
            DeviceClass = $"cpu {session.Model.WeightType}",
            Checkpoint = "hash",
            Corpus = session.Model.Texts.CorpusHash(),
            FurtherCorpus = (string?)null,
            Untrained = false,
            Readings = new Dictionary<string, string> { ["importance"] = "Signed", ["samples"] = "Line", ["norms"] = "WithNorms", ["perplexity"] = "PerToken" },
            SampleSizes = new[] { 1, 4 },
            Seed = 1234UL,
            Command = "repro verify --profile small",
        });
        (result.Table, result.Title).Should().Be(("made-by-hand", "Made by hand"));
    }

    private static PaperTable Table(MeasurementPlan plan) => new("made-by-hand", "Table 0", "Made by hand", plan, [], HandMadeProfile.Small);

    private Measurement Measured(Condition condition) => measured[condition, First];
}
