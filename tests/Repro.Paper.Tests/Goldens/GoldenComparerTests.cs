using Repro.Paper.Claims;
using Repro.Paper.Goldens;

namespace Repro.Paper.Tests.Goldens;

public sealed class GoldenComparerTests
{
    private static readonly Provenance Made = new()
    {
        Profile = "tiny",
        DeviceClass = "cpu F32",
        Checkpoint = "c",
        Corpus = "t",
        ImportanceReading = "Signed",
        SampleReading = "Line",
        NormReading = "WithNorms",
        SampleSizes = [3, 30],
        Seed = 1,
        TorchSharp = "0",
        Command = "repro verify",
    };

    private static readonly ExperimentGolden Golden = new()
    {
        Experiment = "table-99",
        Title = "made by hand",
        Provenance = Made,
        Tolerances = new Tolerances(),
        Languages = new Dictionary<string, LanguageGolden> { ["Greek"] = Language(3.0, 5.0) },
        Regions = new Dictionary<string, RegionGolden>(),
        Quantities = new Dictionary<string, QuantityGolden> { ["gini"] = new(0.5, 0.4, 0.6, "", 0.02) },
    };

    [Test]
    public void A_result_matches_itself() => GoldenComparer.Differences(Golden, Golden).Should().BeEmpty();

    [TestCase(3.0009, 5.0, 0)]
    [TestCase(3.0011, 5.0, 1, Description = "the base has a tolerance of 0.001")]
    [TestCase(2.9989, 5.0, 1, Description = "both ways")]
    [TestCase(3.0, 5.019, 0)]
    [TestCase(3.0, 5.021, 1, Description = "an edited model has a tolerance of 0.02")]
    [TestCase(double.NaN, 5.0, 1, Description = "no number never matches")]
    public void A_number_may_move_within_its_tolerance(double unedited, double top, int differences) =>
        GoldenComparer.Differences(Golden, Golden with { Languages = new Dictionary<string, LanguageGolden> { ["Greek"] = Language(unedited, top) } }).Should().HaveCount(differences);

    [Test]
    public void A_quantity_may_move_within_its_own_tolerance()
    {
        ExperimentGolden With(double value) => Golden with { Quantities = new Dictionary<string, QuantityGolden> { ["gini"] = new(value, 0, 1, "", 9) } };
        GoldenComparer.Differences(Golden, With(0.519)).Should().BeEmpty();
        GoldenComparer.Differences(Golden, With(0.521)).Should().ContainSingle().Which.Should().Contain("gini");
    }

    [Test]
    public void A_missing_language_and_a_new_one_are_both_named()
    {
        ExperimentGolden received = Golden with { Languages = new Dictionary<string, LanguageGolden> { ["Latin"] = Language(3, 5) } };
        GoldenComparer.Differences(Golden, received).Should().SatisfyRespectively(d => d.Should().Contain("Greek"), d => d.Should().Contain("Latin"));
    }

    [Test]
    public void Another_device_class_does_not_match() =>
        GoldenComparer.Differences(Golden, Golden with { Provenance = Made with { DeviceClass = "cuda BF16" } }).Should().ContainSingle().Which.Should().Contain("device class");

    [Test]
    public void A_changed_verdict_is_named_with_the_expected_one()
    {
        ClaimsGolden With(VerdictKind kind) => new()
        {
            Provenance = Made,
            Margin = new Tolerance(0.1, ""),
            Claims = new Dictionary<string, ExpectedVerdict> { ["a"] = new(kind, 0.2, "row", "A sentence") },
        };
        GoldenComparer.Differences(With(VerdictKind.Holds), With(VerdictKind.Fails)).Should().ContainSingle().Which.Should().Be("a: Fails, expected Holds");
    }

    [Test]
    public void A_verdict_under_a_reading_is_compared()
    {
        RobustnessGolden With(VerdictKind kind) => new()
        {
            Provenance = Made,
            Readings = new Dictionary<string, string>(),
            Claims = new Dictionary<string, IReadOnlyDictionary<string, VerdictKind>> { ["a"] = new Dictionary<string, VerdictKind> { ["own"] = kind } },
            Dependent = [],
        };
        GoldenComparer.Differences(With(VerdictKind.Holds), With(VerdictKind.Holds)).Should().BeEmpty();
        GoldenComparer.Differences(With(VerdictKind.Holds), With(VerdictKind.Inconclusive)).Should().ContainSingle().Which.Should().Contain("a under own");
    }

    private static LanguageGolden Language(double unedited, double top) => new()
    {
        Documents = 1,
        Tokens = 10,
        UnigramNats = 6,
        BasePerplexity = 20,
        NatsPerToken = new Dictionary<string, double> { ["base"] = unedited, ["top 3% core large"] = top },
    };
}
