using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;

namespace Repro.Harness.Tests.Goldens;

public sealed class GoldenComparerTests
{
    private const string Top = "top 3% core large";

    private static readonly Provenance Made = new()
    {
        Profile = "tiny",
        DeviceClass = "cpu F32",
        Checkpoint = "c",
        Corpus = "t",
        Readings = new Dictionary<string, string> { ["importance"] = "Signed", ["samples"] = "Line" },
        SampleSizes = [3, 30],
        Seed = 1,
        TorchSharp = "0",
        Command = "repro verify",
    };

    // Twice what is let pass, since equal roundings may differ by the last bit of a double.
    private const double Rounding = 2e-12;

    private static readonly Dictionary<string, ToleranceClass> Classes = new() { ["base"] = ToleranceClass.Base, [Top] = ToleranceClass.Edited };

    private static readonly TableResult Golden = new()
    {
        Table = "table-99",
        Title = "made by hand",
        Provenance = Made,
        Tolerances = new Tolerances(),
        Conditions = Classes,
        Texts = new Dictionary<string, TextResult> { ["Greek"] = Text(3.0, 5.0) },
        Regions = new Dictionary<string, RegionFacts>(),
        Quantities = new Dictionary<string, QuantityResult> { ["gini"] = new(0.5, 0.4, 0.6, "", 0.02) },
    };

    [Test]
    public void A_result_matches_itself() => GoldenComparer.Differences(Golden, Golden).Should().BeEmpty();

    [TestCase(3.0009, 5.0, 0)]
    [TestCase(3.0011, 5.0, 1, Description = "the base has a tolerance of 0.001")]
    [TestCase(2.9989, 5.0, 1, Description = "both ways")]
    [TestCase(3.0, 5.0099, 0)]
    [TestCase(3.0, 5.0101, 1, Description = "an edited model has a tolerance of 0.01")]
    [TestCase(double.NaN, 5.0, 1, Description = "no number never matches")]
    public void A_number_may_move_within_its_tolerance(double unedited, double top, int differences) =>
        GoldenComparer.Differences(Golden, Golden with { Texts = new Dictionary<string, TextResult> { ["Greek"] = Text(unedited, top) } }).Should().HaveCount(differences);

    [TestCase(5.0, 0.0199, 0)]
    [TestCase(5.0, 0.0201, 1, Description = "2 nats above the base: 0.01 and 2 times 0.005")]
    [TestCase(2.5, 0.0099, 0)]
    [TestCase(2.5, 0.0101, 1, Description = "below the base nothing is added")]
    public void A_trained_model_may_move_further_the_more_it_has_lost(double golden, double by, int differences)
    {
        TableResult Trained(double top) => Golden with
        {
            Conditions = new Dictionary<string, ToleranceClass> { ["base"] = ToleranceClass.Base, [Top] = ToleranceClass.Trained },
            Texts = new Dictionary<string, TextResult> { ["Greek"] = Text(3.0, top) },
        };
        GoldenComparer.Differences(Trained(golden), Trained(golden + by)).Should().HaveCount(differences);
    }

    [Test]
    public void A_quantity_may_move_within_its_own_tolerance()
    {
        TableResult With(double value) => Golden with { Quantities = new Dictionary<string, QuantityResult> { ["gini"] = new(value, 0, 1, "", 9) } };
        GoldenComparer.Differences(Golden, With(0.519)).Should().BeEmpty();
        GoldenComparer.Differences(Golden, With(0.521)).Should().ContainSingle().Which.Should().Contain("gini");
    }

    [Test]
    public void A_missing_text_and_a_new_one_are_both_named()
    {
        TableResult received = Golden with { Texts = new Dictionary<string, TextResult> { ["Latin"] = Text(3, 5) } };
        GoldenComparer.Differences(Golden, received).Should().SatisfyRespectively(d => d.Should().Contain("Greek"), d => d.Should().Contain("Latin"));
    }

    [Test]
    public void Another_device_class_does_not_match() =>
        GoldenComparer.Differences(Golden, Golden with { Provenance = Made with { DeviceClass = "cuda BF16" } }).Should().ContainSingle().Which.Should().Contain("device class");

    private static IEnumerable<TestCaseData> OtherProvenances() =>
    [
        new(Made with { Profile = "another" }, "profile"),
        new(Made with { Checkpoint = "d" }, "checkpoint"),
        new(Made with { Corpus = "u" }, "corpus"),
        new(Made with { FurtherCorpus = "f" }, "further corpus"),
        new(Made with { Untrained = true }, "untrained"),
        new(Made with { Readings = new Dictionary<string, string> { ["importance"] = "Absolute", ["samples"] = "Line" } }, "reading of importance"),
        new(Made with { Readings = new Dictionary<string, string> { ["importance"] = "Signed", ["samples"] = "Merge" } }, "reading of samples"),
        new(Made with { SampleSizes = [3, 31] }, "sample sizes"),
        new(Made with { Seed = 2 }, "seed"),
    ];

    [TestCaseSource(nameof(OtherProvenances))]
    public void What_was_measured_on_something_else_does_not_match(Provenance other, string what)
    {
        GoldenComparer.Differences(Golden, Golden with { Provenance = other }).Should().ContainSingle().Which.Should().StartWith($"{what}: ");
        GoldenComparer.Differences(Snapshot(Made), Snapshot(other)).Should().ContainSingle().Which.Should().StartWith("measured: ");
        GoldenComparer.Differences(Readings(Made), Readings(other)).Should().ContainSingle().Which.Should().StartWith($"{what}: ");
        GoldenComparer.Differences(Untrained(Made), Untrained(other)).Should().ContainSingle().Which.Should().StartWith($"{what}: ");
    }

    [Test]
    public void The_command_and_the_version_of_torch_may_differ() =>
        GoldenComparer.Differences(Golden, Golden with { Provenance = Made with { Command = "x", TorchSharp = "1" } }).Should().BeEmpty();

    [Test]
    public void A_reading_that_one_of_two_does_not_know_is_named() =>
        GoldenComparer.Differences(Golden, Golden with { Provenance = Made with { Readings = new Dictionary<string, string> { ["importance"] = "Signed" } } })
            .Should().Equal("reading 'samples' is in the golden and was not measured");

    [TestCase(ToleranceClass.Base, 0.001)]
    [TestCase(ToleranceClass.Edited, 0.01)]
    [TestCase(ToleranceClass.Trained, 0.01)]
    public void A_condition_has_the_tolerance_of_its_class_and_reaches_it(ToleranceClass kind, double tolerance)
    {
        // At 0 a difference is the very tolerance, which still matches; what lies beyond it does not.
        TableResult With(double nats) => OneText(Text(3, 5) with { NatsPerToken = new Dictionary<string, double> { ["any"] = nats } }) with
        {
            Conditions = new Dictionary<string, ToleranceClass> { ["any"] = kind },
        };
        GoldenComparer.Differences(With(0), With(tolerance)).Should().BeEmpty();
        GoldenComparer.Differences(With(0), With(-tolerance)).Should().BeEmpty();
        GoldenComparer.Differences(With(0), With(tolerance + Rounding)).Should().ContainSingle().Which.Should().Contain("any");
        GoldenComparer.Differences(With(double.NaN), With(double.NaN)).Should().ContainSingle("a golden that is no number is not one");
    }

    [Test]
    public void A_condition_whose_class_changed_is_named()
    {
        TableResult received = Golden with { Conditions = new Dictionary<string, ToleranceClass> { ["base"] = ToleranceClass.Base, [Top] = ToleranceClass.Trained } };
        GoldenComparer.Differences(Golden, received).Should().Equal("top 3% core large: tolerance: Trained, golden Edited");
    }

    [Test]
    public void A_difference_says_how_much_of_its_tolerance_it_is() =>
        GoldenComparer.Differences(Golden, OneText(Text(3.0, 5.025))).Should().ContainSingle().Which.Should().Be("Greek: nats per token, top 3% core large: 5.025, golden 5, 2.5 times its tolerance of 0.01");

    [Test]
    public void Documents_and_tokens_are_compared_exactly_and_the_unigram_entropy_as_the_base()
    {
        GoldenComparer.Differences(Golden, OneText(Text(3, 5) with { Documents = 2 })).Should().ContainSingle().Which.Should().Be("Greek: documents: 2, golden 1");
        GoldenComparer.Differences(Golden, OneText(Text(3, 5) with { Tokens = 11 })).Should().ContainSingle().Which.Should().Contain("tokens");
        GoldenComparer.Differences(Golden, OneText(Text(3, 5) with { UnigramNats = 6.002 })).Should().ContainSingle().Which.Should().Contain("unigram");
        GoldenComparer.Differences(Golden, OneText(Text(3, 5) with { UnigramNats = 6.0005 })).Should().BeEmpty();
    }

    [Test]
    public void A_missing_condition_and_a_new_one_are_both_named()
    {
        TextResult other = Text(3, 5) with { NatsPerToken = new Dictionary<string, double> { ["base"] = 3, ["random 3% draw 0"] = 5 } };
        GoldenComparer.Differences(Golden, OneText(other)).Should().Equal(
            "Greek: condition 'top 3% core large' is in the golden and was not measured", "Greek: condition 'random 3% draw 0' was measured and is not in the golden");
    }

    [Test]
    public void Missing_quantities_and_new_ones_are_named_also_where_there_are_none_at_all()
    {
        TableResult none = Golden with { Quantities = null };
        GoldenComparer.Differences(Golden, none).Should().ContainSingle().Which.Should().Contain("'gini' is in the golden");
        GoldenComparer.Differences(none, Golden).Should().ContainSingle().Which.Should().Contain("'gini' was measured");
        GoldenComparer.Differences(none, none).Should().BeEmpty();
    }

    // A region that is selected at once has int(ratio · numel) members in each tensor; a difference of regions has what is left over.
    [TestCase(false, 1, true)]
    [TestCase(false, -1, true)]
    [TestCase(true, 8, false)]
    [TestCase(true, 9, true)]
    [TestCase(true, -9, true)]
    public void Members_of_a_tensor_are_exact_but_for_differences_of_regions(bool isDifference, int more, bool differs)
    {
        IReadOnlyList<string> found = GoldenComparer.Differences(OneRegion("any", Region() with { IsDifference = isDifference }), OneRegion("any", Region(100 + more) with { IsDifference = isDifference }));
        found.Should().HaveCount(differs ? 1 : 0);
        found.All(d => d.StartsWith($"any: members of layers.0.a: {100 + more}, golden 100", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Test]
    public void Population_ties_and_overlap_of_a_region_are_compared_and_its_hash_is_not()
    {
        IReadOnlyList<string> Found(RegionFacts received) => GoldenComparer.Differences(OneRegion("top 3% core large", Region()), OneRegion("top 3% core large", received));
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
        TableResult one = OneRegion("top 3% core large", Region());
        GoldenComparer.Differences(one, Golden).Should().ContainSingle().Which.Should().Contain("region 'top 3% core large' is in the golden");
        GoldenComparer.Differences(one, OneRegion("top 3% core large", Region() with { PerTensor = new Dictionary<string, long>() })).Should().ContainSingle().Which.Should().Contain("tensor 'layers.0.a'");
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

    private static TableResult OneText(TextResult text) => Golden with { Texts = new Dictionary<string, TextResult> { ["Greek"] = text } };

    private static TableResult OneRegion(string condition, RegionFacts region) => Golden with { Regions = new Dictionary<string, RegionFacts> { [condition] = region } };

    private static RegionFacts Region(long members = 100) =>
        new(members, 4000, IsDifference: false, new Dictionary<string, long> { ["layers.0.a"] = members }, "h", TiesAtThreshold: 3, HalfOverlap: 0.6);

    private static ClaimSnapshot Snapshot(Provenance provenance) => HandMadeSnapshot.Of() with { Measured = provenance.Brief() };

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
        ModelIndependent = [],
    };

    private static TextResult Text(double unedited, double top) => new()
    {
        Documents = 1,
        Tokens = 10,
        UnigramNats = 6,
        BasePerplexity = 20,
        NatsPerToken = new Dictionary<string, double> { ["base"] = unedited, ["top 3% core large"] = top },
    };
}
