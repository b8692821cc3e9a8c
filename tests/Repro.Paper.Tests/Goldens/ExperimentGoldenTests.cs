using Repro.Engine.Evaluation;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Goldens;
using Repro.Paper.Languages;
using Repro.Paper.Tests.Claims;

namespace Repro.Paper.Tests.Goldens;

/// <summary>What a run's measurements become in an experiment's golden, on a few documents.</summary>
public sealed class ExperimentGoldenTests
{
    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.05);
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.05);
    private static readonly RegionRemoval Elsewhere = new(RegionKind.Random, 0.01);
    private static readonly Language English = PaperLanguages.Get("en");

    private Laboratory laboratory = null!;
    private ExperimentGolden golden = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        laboratory = SmallLaboratory.Open();
        Experiment experiment = SmallLaboratory.Experiment(Condition.Base, Top, Random, Random with { Draw = 1 }, Elsewhere);
        laboratory.Measure(experiment);
        golden = ExperimentGolden.Of(experiment, laboratory, Provenance.Of(laboratory, "hash"));
    }

    [OneTimeTearDown]
    public void Close() => laboratory.Dispose();

    [Test]
    public void Numbers_are_those_measured_to_six_digits_under_the_conditions_own_ids()
    {
        LanguageGolden english = golden.Languages["English"];
        english.Documents.Should().Be(20);
        english.Tokens.Should().Be(Measured(Condition.Base).Tokens);
        english.NatsPerToken.Should().HaveCount(5).And.Contain("base", Math.Round(Measured(Condition.Base).NatsPerToken, 6)).And.Contain(Top.Id, Math.Round(Measured(Top).NatsPerToken, 6));
        english.BasePerplexity.Should().Be(Math.Round(Measured(Condition.Base).Perplexity, 3));
        english.UnigramNats.Should().Be(Math.Round(UnigramModel.NatsPerToken(laboratory.Texts.Test(English)), 6));
        golden.Languages.Keys.Should().Equal("English", "Chinese");
    }

    [Test]
    public void Top_is_placed_among_the_random_draws_of_its_own_ratio()
    {
        int below = new[] { Random, Random with { Draw = 1 } }.Count(r => Measured(r).NatsPerToken < Measured(Top).NatsPerToken);
        golden.Languages["English"].TopAmongRandom.Should().Equal(new Dictionary<string, string> { [Top.Id] = $"{below} of 2" });
        below.Should().Be(2);
    }

    [Test]
    public void Of_the_random_regions_the_first_is_kept_and_only_top_has_ties_and_halves()
    {
        golden.Regions.Keys.Should().BeEquivalentTo([Top.Id, Random.Id, Elsewhere.Id]);
        RegionGolden top = golden.Regions[Top.Id];
        top.Hash.Should().Be(laboratory.Regions.Get(Top).Hash());
        top.Count.Should().Be(top.PerTensor.Values.Sum());
        top.Population.Should().Be(laboratory.Regions.Get(Top).Population);
        top.TiesAtThreshold.Should().BeGreaterThanOrEqualTo(0);
        top.HalfOverlap.Should().BeInRange(0.01, 0.9999);
        golden.Regions[Random.Id].Should().Match<RegionGolden>(r => r.TiesAtThreshold == null && r.HalfOverlap == null && r.PerTensor.Count == top.PerTensor.Count);
    }

    [Test]
    public void A_quantity_has_its_95_percent_interval_to_five_digits() =>
        golden.Quantities![SmallLaboratory.Even].Should().Be(new QuantityGolden(0.5, Math.Round(0.024975, 5), Math.Round(0.974025, 5), "thousandths", 0.125));

    [Test]
    public void What_there_is_none_of_is_absent()
    {
        golden.Continuations.Should().BeNull();
        Experiment bare = SmallLaboratory.Experiment(Condition.Base) with { Quantities = [] };
        ExperimentGolden plain = ExperimentGolden.Of(bare, laboratory, golden.Provenance);
        plain.Quantities.Should().BeNull();
        plain.Regions.Should().BeEmpty();
        plain.Languages["English"].TopAmongRandom.Should().BeNull("there is no random region to be placed among");
    }

    [Test]
    public void Provenance_says_on_what_and_under_which_readings()
    {
        golden.Provenance.Should().BeEquivalentTo(new
        {
            Profile = "tiny",
            DeviceClass = $"cpu {laboratory.WeightType}",
            Checkpoint = "hash",
            Corpus = laboratory.Texts.CorpusHash(),
            FurtherCorpus = laboratory.Texts.FurtherCorpusHash(),
            Untrained = false,
            ImportanceReading = "Signed",
            SampleReading = "Line",
            NormReading = "WithNorms",
            SampleSizes = new[] { 1, 4 },
            Seed = 1234UL,
            Command = "repro verify --profile tiny",
        });
        golden.Experiment.Should().Be("made-by-hand");
    }

    private Measurement Measured(Condition condition) => laboratory.Recall(condition, English);
}
