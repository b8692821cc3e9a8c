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

    private static IEnumerable<TestCaseData> OtherProvenances() =>
    [
        new(Made with { Profile = "llama2-7b" }, "profile"),
        new(Made with { Checkpoint = "d" }, "checkpoint"),
        new(Made with { Corpus = "u" }, "corpus"),
        new(Made with { FurtherCorpus = "f" }, "further corpus"),
        new(Made with { Untrained = true }, "untrained"),
        new(Made with { ImportanceReading = "Absolute" }, "importance reading"),
        new(Made with { SampleReading = "Merge" }, "sample reading"),
        new(Made with { NormReading = "MatricesOnly" }, "norm reading"),
        new(Made with { SampleSizes = [3, 31] }, "sample sizes"),
        new(Made with { Seed = 2 }, "seed"),
    ];

    [TestCaseSource(nameof(OtherProvenances))]
    public void What_was_measured_on_something_else_does_not_match(Provenance other, string what)
    {
        GoldenComparer.Differences(Golden, Golden with { Provenance = other }).Should().ContainSingle().Which.Should().StartWith($"{what}: ");
        GoldenComparer.Differences(Verdicts(Made), Verdicts(other)).Should().ContainSingle().Which.Should().StartWith($"{what}: ");
        GoldenComparer.Differences(Readings(Made), Readings(other)).Should().ContainSingle().Which.Should().StartWith($"{what}: ");
        GoldenComparer.Differences(Untrained(Made), Untrained(other)).Should().ContainSingle().Which.Should().StartWith($"{what}: ");
    }

    [Test]
    public void The_command_and_the_version_of_torch_may_differ() =>
        GoldenComparer.Differences(Golden, Golden with { Provenance = Made with { Command = "x", TorchSharp = "1" } }).Should().BeEmpty();

    [TestCase("base", 0.001)]
    [TestCase("top 3% core large", 0.02)]
    [TestCase("ar at 1e-3, all trained: 400 documents", 0.1)]
    public void A_condition_has_the_tolerance_of_its_kind_and_reaches_it(string condition, double tolerance)
    {
        // At 0 a difference is the very tolerance, which still matches; the next larger number does not.
        ExperimentGolden With(double nats) => OneLanguage(Language(3, 5) with { NatsPerToken = new Dictionary<string, double> { [condition] = nats } });
        GoldenComparer.Differences(With(0), With(tolerance)).Should().BeEmpty();
        GoldenComparer.Differences(With(0), With(-tolerance)).Should().BeEmpty();
        GoldenComparer.Differences(With(0), With(Math.BitIncrement(tolerance))).Should().ContainSingle().Which.Should().Contain(condition);
        GoldenComparer.Differences(With(double.NaN), With(double.NaN)).Should().ContainSingle("a golden that is no number is not one");
    }

    [Test]
    public void A_difference_says_how_much_of_its_tolerance_it_is() =>
        GoldenComparer.Differences(Golden, OneLanguage(Language(3.0, 5.05))).Should().ContainSingle().Which.Should().Be("Greek: nats per token, top 3% core large: 5.05, golden 5, 2.5 times its tolerance of 0.02");

    [Test]
    public void Documents_and_tokens_are_compared_exactly_and_the_unigram_entropy_as_the_base()
    {
        GoldenComparer.Differences(Golden, OneLanguage(Language(3, 5) with { Documents = 2 })).Should().ContainSingle().Which.Should().Be("Greek: documents: 2, golden 1");
        GoldenComparer.Differences(Golden, OneLanguage(Language(3, 5) with { Tokens = 11 })).Should().ContainSingle().Which.Should().Contain("tokens");
        GoldenComparer.Differences(Golden, OneLanguage(Language(3, 5) with { UnigramNats = 6.002 })).Should().ContainSingle().Which.Should().Contain("unigram");
        GoldenComparer.Differences(Golden, OneLanguage(Language(3, 5) with { UnigramNats = 6.0005 })).Should().BeEmpty();
    }

    [Test]
    public void A_missing_condition_and_a_new_one_are_both_named()
    {
        LanguageGolden other = Language(3, 5) with { NatsPerToken = new Dictionary<string, double> { ["base"] = 3, ["random 3% draw 0"] = 5 } };
        GoldenComparer.Differences(Golden, OneLanguage(other)).Should().Equal(
            "Greek: condition 'top 3% core large' is in the golden and was not measured", "Greek: condition 'random 3% draw 0' was measured and is not in the golden");
    }

    [Test]
    public void Missing_quantities_and_new_ones_are_named_also_where_there_are_none_at_all()
    {
        ExperimentGolden none = Golden with { Quantities = null };
        GoldenComparer.Differences(Golden, none).Should().ContainSingle().Which.Should().Contain("'gini' is in the golden");
        GoldenComparer.Differences(none, Golden).Should().ContainSingle().Which.Should().Contain("'gini' was measured");
        GoldenComparer.Differences(none, none).Should().BeEmpty();
    }

    // A core region and a random draw have int(ratio · numel) members in each tensor; a difference of regions has what is left over.
    [TestCase("top 3% core large", 1, true)]
    [TestCase("random 3% draw 0", 1, true)]
    [TestCase("dimensions of attention", 1, true)]
    [TestCase("top 1% ru small", 8, false)]
    [TestCase("top 1% ru small", 9, true)]
    [TestCase("top 1% ru small", -9, true)]
    public void Members_of_a_tensor_are_exact_but_for_differences_of_regions(string condition, int more, bool differs)
    {
        IReadOnlyList<string> found = GoldenComparer.Differences(OneRegion(condition, Region()), OneRegion(condition, Region(100 + more)));
        found.Should().HaveCount(differs ? 1 : 0);
        found.All(d => d.StartsWith($"{condition}: members of layers.0.a: {100 + more}, golden 100", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Test]
    public void Population_ties_and_overlap_of_a_region_are_compared_and_its_hash_is_not()
    {
        IReadOnlyList<string> Found(RegionGolden received) => GoldenComparer.Differences(OneRegion("top 3% core large", Region()), OneRegion("top 3% core large", received));
        Found(Region() with { Hash = "other" }).Should().BeEmpty();
        Found(Region() with { Population = 4001 }).Should().ContainSingle().Which.Should().Contain("population");
        Found(Region() with { TiesAtThreshold = 11 }).Should().BeEmpty();
        Found(Region() with { TiesAtThreshold = 12 }).Should().ContainSingle().Which.Should().Contain("ties");
        Found(Region() with { HalfOverlap = 0.595 }).Should().BeEmpty();
        Found(Region() with { HalfOverlap = 0.58 }).Should().ContainSingle().Which.Should().Contain("overlap");
        Found(Region() with { TiesAtThreshold = null, HalfOverlap = null }).Should().BeEmpty("another condition of the same name may have no halves");
    }

    [Test]
    public void A_missing_region_and_a_missing_tensor_are_named()
    {
        ExperimentGolden one = OneRegion("top 3% core large", Region());
        GoldenComparer.Differences(one, Golden).Should().ContainSingle().Which.Should().Contain("region 'top 3% core large' is in the golden");
        GoldenComparer.Differences(one, OneRegion("top 3% core large", Region() with { PerTensor = new Dictionary<string, long>() })).Should().ContainSingle().Which.Should().Contain("tensor 'layers.0.a'");
    }

    [Test]
    public void A_claim_that_was_not_decided_is_left_out_and_one_without_an_expectation_is_named()
    {
        ClaimsGolden none = Verdicts(Made) with { Claims = new Dictionary<string, ExpectedVerdict>() };
        GoldenComparer.Differences(Verdicts(Made), none).Should().BeEmpty();
        GoldenComparer.Differences(none, Verdicts(Made)).Should().Equal("a: there is no expected verdict");
    }

    [TestCase(0.25, 0)]
    [TestCase(-0.25, 0)]
    [TestCase(0.375, 1)]
    [TestCase(double.NaN, 1)]
    public void A_margin_may_move_within_its_tolerance(double moved, int differences)
    {
        ClaimsGolden received = Verdicts(Made) with { Claims = new Dictionary<string, ExpectedVerdict> { ["a"] = new(VerdictKind.Holds, 0.5 + moved, "another row", "") } };
        GoldenComparer.Differences(Verdicts(Made), received).Count(d => d.StartsWith("a: least margin: ", StringComparison.Ordinal)).Should().Be(differences);
    }

    [Test]
    public void A_reading_a_claim_and_a_verdict_of_the_controls_that_differ_are_named()
    {
        RobustnessGolden other = Readings(Made) with { Claims = new Dictionary<string, IReadOnlyDictionary<string, VerdictKind>> { ["a"] = new Dictionary<string, VerdictKind>() } };
        GoldenComparer.Differences(Readings(Made), other).Should().Equal("a: reading 'own' is in the golden and was not measured");
        GoldenComparer.Differences(Readings(Made), Readings(Made) with { Claims = new Dictionary<string, IReadOnlyDictionary<string, VerdictKind>>() }).Should().ContainSingle().Which.Should().Contain("claim 'a'");
        GoldenComparer.Differences(Untrained(Made), Untrained(Made) with { Claims = new Dictionary<string, VerdictKind> { ["a"] = VerdictKind.Holds } }).Should().Equal("a: Holds, golden Fails");
        GoldenComparer.Differences(Untrained(Made), Untrained(Made) with { Claims = new Dictionary<string, VerdictKind>() }).Should().ContainSingle().Which.Should().Contain("claim 'a'");
    }

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

    private static ExperimentGolden OneLanguage(LanguageGolden language) => Golden with { Languages = new Dictionary<string, LanguageGolden> { ["Greek"] = language } };

    private static ExperimentGolden OneRegion(string condition, RegionGolden region) => Golden with { Regions = new Dictionary<string, RegionGolden> { [condition] = region } };

    private static RegionGolden Region(long members = 100) => new()
    {
        Count = members,
        Population = 4000,
        PerTensor = new Dictionary<string, long> { ["layers.0.a"] = members },
        Hash = "h",
        TiesAtThreshold = 3,
        HalfOverlap = 0.6,
    };

    private static ClaimsGolden Verdicts(Provenance provenance) => new()
    {
        Provenance = provenance,
        Margin = new Tolerance(0.25, ""),
        Claims = new Dictionary<string, ExpectedVerdict> { ["a"] = new(VerdictKind.Holds, 0.5, "row", "A sentence") },
    };

    private static RobustnessGolden Readings(Provenance provenance) => new()
    {
        Provenance = provenance,
        Readings = new Dictionary<string, string>(),
        Claims = new Dictionary<string, IReadOnlyDictionary<string, VerdictKind>> { ["a"] = new Dictionary<string, VerdictKind> { ["own"] = VerdictKind.Holds } },
        Dependent = [],
    };

    private static UntrainedGolden Untrained(Provenance provenance) => new()
    {
        Provenance = provenance,
        Claims = new Dictionary<string, VerdictKind> { ["a"] = VerdictKind.Fails },
        Confirmed = [],
        OfTheMethod = [],
    };

    private static LanguageGolden Language(double unedited, double top) => new()
    {
        Documents = 1,
        Tokens = 10,
        UnigramNats = 6,
        BasePerplexity = 20,
        NatsPerToken = new Dictionary<string, double> { ["base"] = unedited, ["top 3% core large"] = top },
    };
}
