using System.Text.Json.Nodes;
using Repro.Engine.Files;
using Repro.Paper.Claims;
using Repro.Paper.Goldens;

namespace Repro.Paper.Tests.Goldens;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GoldenFolderTests : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("repro-goldens-").FullName;
    private readonly string? ci = Environment.GetEnvironmentVariable("CI");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("CI", ci);
        Directory.Delete(path, recursive: true);
    }

    [Test]
    public void A_result_without_a_golden_waits_until_it_is_accepted()
    {
        Environment.SetEnvironmentVariable("CI", null);
        GoldenFolder folder = new(path);
        folder.Check(Untrained(VerdictKind.Fails)).Should().ContainSingle().Which.Should().Contain("no golden");
        folder.Accept([]).Should().Equal(UntrainedGolden.Id);
        folder.Check(Untrained(VerdictKind.Fails)).Should().BeEmpty();
        File.Exists(folder.ReceivedPath(UntrainedGolden.Id)).Should().BeFalse();
    }

    [Test]
    public void A_match_removes_a_difference_that_was_left_before()
    {
        Environment.SetEnvironmentVariable("CI", null);
        GoldenFolder folder = new(path);
        folder.Check(Untrained(VerdictKind.Fails));
        folder.Accept([UntrainedGolden.Id]);
        folder.Check(Untrained(VerdictKind.Holds)).Should().NotBeEmpty();
        File.Exists(folder.ReceivedPath(UntrainedGolden.Id)).Should().BeTrue();
        folder.Check(Untrained(VerdictKind.Fails)).Should().BeEmpty();
        File.Exists(folder.ReceivedPath(UntrainedGolden.Id)).Should().BeFalse();
    }

    [Test]
    public void A_run_of_some_claims_leaves_the_expectations_of_the_others()
    {
        Environment.SetEnvironmentVariable("CI", null);
        GoldenFolder folder = new(path);
        folder.Check(Claims(("a", VerdictKind.Holds), ("b", VerdictKind.Fails)));
        folder.Accept([ClaimsGolden.Id]);
        folder.Check(Claims(("b", VerdictKind.Holds))).Should().ContainSingle().Which.Should().StartWith("b:");
        folder.Accept([ClaimsGolden.Id]);
        folder.Read<ClaimsGolden>(ClaimsGolden.Id)!.Claims.Select(c => (c.Key, c.Value.Verdict)).Should().BeEquivalentTo([("a", VerdictKind.Holds), ("b", VerdictKind.Holds)]);
    }

    [TestCase("true")]
    [TestCase("1")]
    public void Ci_accepts_nothing(string variable)
    {
        Environment.SetEnvironmentVariable("CI", variable);
        GoldenFolder folder = new(path);
        folder.Check(Untrained(VerdictKind.Fails));
        FluentActions.Invoking(() => folder.Accept([])).Should().Throw<InputException>().WithMessage("*CI*");
    }

    [Test]
    public void Only_what_is_named_is_accepted_and_an_old_golden_is_replaced()
    {
        Environment.SetEnvironmentVariable("CI", "false");
        GoldenFolder folder = new(path);
        folder.Check(Untrained(VerdictKind.Fails));
        folder.Check(Claims(("a", VerdictKind.Holds)));
        folder.Accept([UntrainedGolden.Id]).Should().Equal(UntrainedGolden.Id);
        folder.Read<ClaimsGolden>(ClaimsGolden.Id).Should().BeNull();
        folder.Check(Untrained(VerdictKind.Holds));
        folder.Accept([UntrainedGolden.Id, ClaimsGolden.Id]).Should().Equal(UntrainedGolden.Id, ClaimsGolden.Id);
        folder.Read<UntrainedGolden>(UntrainedGolden.Id)!.Claims["a"].Should().Be(VerdictKind.Holds);
        folder.Accept([]).Should().BeEmpty("nothing waits");
    }

    [Test]
    public void What_does_not_wait_is_not_accepted_and_neither_is_what_was_named_with_it()
    {
        Environment.SetEnvironmentVariable("CI", null);
        GoldenFolder folder = new(path);
        folder.Check(Untrained(VerdictKind.Fails));
        FluentActions.Invoking(() => folder.Accept([UntrainedGolden.Id, "table-14"])).Should().Throw<InputException>().WithMessage("*table-14.received.json*");
        folder.Read<UntrainedGolden>(UntrainedGolden.Id).Should().BeNull();
    }

    [Test]
    public void Every_golden_there_should_be_has_a_status_also_in_a_folder_that_is_not_there()
    {
        IReadOnlyList<GoldenStatus> none = new GoldenFolder(Path.Combine(path, "nowhere")).Status();
        none.Select(s => s.Id).Should().BeEquivalentTo(GoldenFolder.KnownIds).And.BeInAscendingOrder(StringComparer.Ordinal);
        none.Should().OnlyContain(s => !s.Verified && !s.Received && !s.Orphan);
        GoldenFolder.KnownIds.Should().OnlyHaveUniqueItems().And.Contain([ClaimsGolden.Id, RobustnessGolden.Id, UntrainedGolden.Id, "table-14", "figure-05"]);
    }

    [Test]
    public void A_status_says_what_is_there_of_each()
    {
        Environment.SetEnvironmentVariable("CI", null);
        GoldenFolder folder = new(path);
        folder.Check(Claims(("a", VerdictKind.Holds)));
        folder.Check(Untrained(VerdictKind.Fails));
        folder.Accept([UntrainedGolden.Id]);
        folder.Status().Where(s => s.Verified || s.Received).Should().Equal(
            new GoldenStatus(ClaimsGolden.Id, false, true, false), new GoldenStatus(UntrainedGolden.Id, true, false, false));
    }

    [Test]
    public void A_number_that_is_none_survives_its_file_and_what_is_absent_is_not_written()
    {
        ClaimsGolden golden = Claims(("a", VerdictKind.Holds)) with { Claims = new Dictionary<string, ExpectedVerdict> { ["a"] = new(VerdictKind.Fails, double.NaN, "", "größer > 0") } };
        string json = GoldenFolder.ToJson(golden);
        json.Should().Contain("\"NaN\"").And.Contain("größer > 0").And.NotContain("furtherCorpus").And.EndWith("}\n");
        GoldenFolder.FromJson<ClaimsGolden>(json, "the golden").Claims["a"].LeastMargin.Should().Be(double.NaN);
        FluentActions.Invoking(() => GoldenFolder.FromJson<ClaimsGolden>("null", "the golden")).Should().Throw<InputException>().WithMessage("the golden is empty*");
    }

    [Test]
    public void Results_received_elsewhere_are_seen_and_not_accepted()
    {
        Environment.SetEnvironmentVariable("CI", null);
        string own = Path.Combine(path, "installed");
        string received = Path.Combine(path, "here");
        new GoldenFolder(own).Check(Untrained(VerdictKind.Fails));
        new GoldenFolder(own).Accept([]);
        GoldenFolder folder = new(own, received);
        folder.Check(Untrained(VerdictKind.Fails)).Should().BeEmpty();
        folder.Check(Untrained(VerdictKind.Holds)).Should().NotBeEmpty();
        folder.Status().Single(s => s.Id == UntrainedGolden.Id).Should().Be(new GoldenStatus(UntrainedGolden.Id, Verified: true, Received: true, Orphan: false));
        Directory.GetFiles(own).Should().ContainSingle();
        FluentActions.Invoking(() => folder.Accept([])).Should().Throw<InputException>().WithMessage("*installed tool*");
    }

    [Test]
    public void A_name_that_nothing_has_is_an_orphan()
    {
        File.WriteAllText(Path.Combine(path, "table-98.verified.json"), "{}");
        new GoldenFolder(path).Status().Single(s => s.Id == "table-98").Orphan.Should().BeTrue();
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{\"provenance\": 3}")]
    [TestCase("{}")]
    public void A_damaged_golden_is_named(string json)
    {
        File.WriteAllText(Path.Combine(path, UntrainedGolden.Id + ".verified.json"), json);
        FluentActions.Invoking(() => new GoldenFolder(path).Check(Untrained(VerdictKind.Fails))).Should().Throw<InputException>().WithMessage("*control-untrained.verified.json*");
    }

    [TestCase("provenance")]
    [TestCase("margin.reason")]
    [TestCase("claims.a")]
    [TestCase("claims.a.sentence")]
    [TestCase("provenance.sampleSizes")]
    public void A_null_where_a_golden_has_a_value_is_refused(string place)
    {
        JsonNode golden = JsonNode.Parse(GoldenFolder.ToJson(Claims(("a", VerdictKind.Fails))))!;
        JsonNode parent = place.Split('.')[..^1].Aggregate(golden, (node, name) => node[name]!);
        parent[place.Split('.')[^1]] = null;
        FluentActions.Invoking(() => GoldenFolder.FromJson<ClaimsGolden>(golden.ToJsonString(), "a golden")).Should().Throw<InputException>().WithMessage("a golden is not a golden (*");
    }

    [TestCase("{\"a\": 99}")]
    [TestCase("{\"a\": \"Holds\", \"a\": \"Fails\"}")]
    public void A_verdict_that_is_none_or_stands_twice_is_refused(string claims)
    {
        string golden = GoldenFolder.ToJson(Untrained(VerdictKind.Fails)).Replace("{\n    \"a\": \"Fails\"\n  }", claims, StringComparison.Ordinal);
        golden.Should().Contain(claims);
        FluentActions.Invoking(() => GoldenFolder.FromJson<UntrainedGolden>(golden, "a golden")).Should().Throw<InputException>();
    }

    private static ClaimsGolden Claims(params (string Id, VerdictKind Kind)[] verdicts) => new()
    {
        Provenance = HandMadeProvenance.Made,
        Margin = new Tolerance(1, ""),
        Claims = verdicts.ToDictionary(v => v.Id, v => new ExpectedVerdict(v.Kind, 0, "", "")),
    };

    private static UntrainedGolden Untrained(VerdictKind kind) => new()
    {
        Provenance = HandMadeProvenance.Made,
        Claims = new Dictionary<string, VerdictKind> { ["a"] = kind },
        Confirmed = [],
        OfTheMethod = [],
    };
}
