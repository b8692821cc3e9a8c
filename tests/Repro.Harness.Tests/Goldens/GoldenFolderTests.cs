using System.Text.Json.Nodes;
using Repro.Engine.Files;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;

namespace Repro.Harness.Tests.Goldens;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GoldenFolderTests : IDisposable
{
    private static readonly GoldenName Table = GoldenName.OfTable("table-0");
    private static readonly GoldenName First = GoldenName.OfClaim("a");
    private static readonly GoldenName Second = GoldenName.OfClaim("b");
    private static readonly GoldenName[] Known = [Table, First, Second, GoldenName.Robustness, GoldenName.Untrained];

    private readonly TemporaryFolder files = new();
    private readonly string? ci = Environment.GetEnvironmentVariable("CI");
    private readonly GoldenFolder folder;

    public GoldenFolderTests()
    {
        folder = new GoldenFolder(files.Path, Known);
        Environment.SetEnvironmentVariable("CI", null);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("CI", ci);
        files.Dispose();
    }

    [Test]
    public void A_result_without_a_golden_waits_until_it_is_accepted()
    {
        Check(Untrained(VerdictKind.Fails)).Should().Equal("there is no golden yet");
        folder.Accept([]).Should().Equal(GoldenName.Untrained);
        Check(Untrained(VerdictKind.Fails)).Should().BeEmpty();
        File.Exists(folder.ReceivedPath(GoldenName.Untrained)).Should().BeFalse();
    }

    [Test]
    public void Comparing_writes_nothing()
    {
        folder.Compare(Untrained(VerdictKind.Fails), isWhole: true).Differences.Should().NotBeEmpty();
        folder.Compare("a", HandMadeSnapshot.Of()).Differences.Should().NotBeEmpty();
        files.FileNames.Should().BeEmpty();
    }

    [Test]
    public void A_match_removes_a_difference_that_was_left_before()
    {
        Check(Untrained(VerdictKind.Fails));
        folder.Accept([GoldenName.Untrained.Id]);
        Check(Untrained(VerdictKind.Holds)).Should().NotBeEmpty();
        File.Exists(folder.ReceivedPath(GoldenName.Untrained)).Should().BeTrue();
        Check(Untrained(VerdictKind.Fails)).Should().BeEmpty();
        File.Exists(folder.ReceivedPath(GoldenName.Untrained)).Should().BeFalse();
    }

    [Test]
    public void A_run_of_some_claims_leaves_the_expectations_of_the_others()
    {
        Check("a", VerdictKind.Holds);
        Check("b", VerdictKind.Fails);
        folder.Accept([]).Should().Equal(First, Second);
        Check("b", VerdictKind.Holds).Should().Equal("verdict: Holds, golden Fails");
        folder.Accept(["b"]).Should().Equal(Second);
        new[] { "a", "b" }.Select(id => folder.ReadClaim(id)!.Verdict).Should().Equal(VerdictKind.Holds, VerdictKind.Holds);
    }

    [Test]
    public void A_control_of_some_claims_is_held_against_their_part_of_its_golden()
    {
        UntrainedGolden whole = Untrained(VerdictKind.Fails) with { Claims = new Dictionary<string, VerdictKind> { ["a"] = VerdictKind.Fails, ["b"] = VerdictKind.Fails } };
        Check(whole);
        folder.Accept([]);
        folder.Compare(Untrained(VerdictKind.Fails), isWhole: false).Differences.Should().BeEmpty();
        folder.Compare(Untrained(VerdictKind.Holds), isWhole: false).Differences.Should().Equal("a: Holds, golden Fails");
        folder.Compare(Untrained(VerdictKind.Fails), isWhole: true).Differences.Should().Equal("claim 'b' is in the golden and was not measured");

        folder.WriteReceived([folder.Compare(Untrained(VerdictKind.Holds) with { Confirmed = ["a"] }, isWhole: false)]);
        folder.Accept([]);
        UntrainedGolden accepted = folder.Read<UntrainedGolden>(GoldenName.Untrained)!;
        accepted.Claims.Should().BeEquivalentTo(new Dictionary<string, VerdictKind> { ["a"] = VerdictKind.Holds, ["b"] = VerdictKind.Fails }, "what was not decided is not lost");
        accepted.Confirmed.Should().Equal("a");
    }

    [TestCase("true")]
    [TestCase("1")]
    public void Ci_accepts_nothing(string variable)
    {
        Environment.SetEnvironmentVariable("CI", variable);
        Check(Untrained(VerdictKind.Fails));
        FluentActions.Invoking(() => folder.Accept([])).Should().Throw<InputException>().WithMessage("*CI*");
        File.Exists(folder.VerifiedPath(GoldenName.Untrained)).Should().BeFalse();
    }

    [Test]
    public void Only_what_is_named_is_accepted_and_an_old_golden_is_replaced()
    {
        Environment.SetEnvironmentVariable("CI", "false");
        Check(Untrained(VerdictKind.Fails));
        Check("a", VerdictKind.Holds);
        folder.Accept([GoldenName.Untrained.Id]).Should().Equal(GoldenName.Untrained);
        folder.ReadClaim("a").Should().BeNull();
        Check(Untrained(VerdictKind.Holds));
        folder.Accept([GoldenName.Untrained.Id, "a"]).Should().BeEquivalentTo([GoldenName.Untrained, First]);
        folder.Read<UntrainedGolden>(GoldenName.Untrained)!.Claims["a"].Should().Be(VerdictKind.Holds);
        folder.Accept([]).Should().BeEmpty("nothing waits");
    }

    [Test]
    public void What_does_not_wait_is_not_accepted_and_neither_is_what_was_named_with_it()
    {
        Check(Untrained(VerdictKind.Fails));
        FluentActions.Invoking(() => folder.Accept([GoldenName.Untrained.Id, "table-0"])).Should().Throw<InputException>().WithMessage("*received result of 'table-0'*");
        folder.Read<UntrainedGolden>(GoldenName.Untrained).Should().BeNull();
    }

    [Test]
    public void Tables_and_claims_have_folders_of_their_own()
    {
        folder.VerifiedPath(Table).Should().Be(files.File("tables/table-0.verified.json"));
        folder.ReceivedPath(First).Should().Be(files.File("claims/a.received.txt"));
        folder.VerifiedPath(GoldenName.Untrained).Should().Be(files.File("control-untrained.verified.json"));
        folder.VerifiedPath(GoldenName.Robustness).Should().Be(files.File("robustness.verified.json"));
    }

    [Test]
    public void Every_golden_there_should_be_has_a_status_also_in_a_folder_that_is_not_there()
    {
        IReadOnlyList<GoldenStatus> none = new GoldenFolder(files.File("nowhere"), Known).Status();
        none.Select(s => s.Name).Should().Equal(GoldenName.Untrained, GoldenName.Robustness, First, Second, Table);
        none.Should().OnlyContain(s => !s.Verified && !s.Received && !s.Orphan);
    }

    [Test]
    public void A_status_says_what_is_there_of_each()
    {
        Check("a", VerdictKind.Holds);
        Check(Untrained(VerdictKind.Fails));
        folder.Accept([GoldenName.Untrained.Id]);
        files.Write("tables/table-0.verified.json", "{}");
        files.Write("tables/table-0.received.json", "{}");
        folder.Status().Where(s => s.Verified || s.Received).Should().Equal(
            new GoldenStatus(GoldenName.Untrained, Verified: true, Received: false, Orphan: false),
            new GoldenStatus(First, Verified: false, Received: true, Orphan: false),
            new GoldenStatus(Table, Verified: true, Received: true, Orphan: false));
    }

    [Test]
    public void A_number_that_is_none_survives_its_file_and_what_is_absent_is_not_written()
    {
        QuantityResult odd = new(double.NaN, 0, 1, "größer > 0", 0.5);
        string json = GoldenFolder.ToJson(new QuantityFile { Provenance = HandMadeProvenance.Made, Number = odd });
        json.Should().Contain("\"NaN\"").And.Contain("größer > 0").And.NotContain("furtherCorpus").And.EndWith("}\n");
        GoldenFolder.FromJson<QuantityFile>(json, "the golden").Number.Should().Be(odd);
        FluentActions.Invoking(() => GoldenFolder.FromJson<QuantityFile>("null", "the golden")).Should().Throw<InputException>().WithMessage("the golden is empty*");
    }

    [Test]
    public void Results_received_elsewhere_are_seen_and_not_accepted()
    {
        string own = files.File("installed");
        GoldenFolder installed = new(own, Known);
        installed.WriteReceived([installed.Compare(Untrained(VerdictKind.Fails), isWhole: true)]);
        installed.Accept([]);
        GoldenFolder elsewhere = new(own, Known, files.File("here"));
        elsewhere.Compare(Untrained(VerdictKind.Fails), isWhole: true).Differences.Should().BeEmpty();
        elsewhere.WriteReceived([elsewhere.Compare(Untrained(VerdictKind.Holds), isWhole: true)]);
        elsewhere.Status().Single(s => s.Name == GoldenName.Untrained).Should().Be(new GoldenStatus(GoldenName.Untrained, Verified: true, Received: true, Orphan: false));
        Directory.GetFiles(own).Should().ContainSingle();
        FluentActions.Invoking(() => elsewhere.Accept([])).Should().Throw<InputException>().WithMessage("*installed tool*");
    }

    [TestCase("tables/table-98.verified.json", "tables", "table-98", "json")]
    [TestCase("claims/gone.received.txt", "claims", "gone", "txt")]
    [TestCase("claims.verified.json", "", "claims", "json")]
    [TestCase("tables/a.verified.txt", "tables", "a", "txt", Description = "a claim's name in the folder of tables")]
    [TestCase("claims/a.verified.json", "claims", "a", "json", Description = "a claim's name with the ending of a table")]
    public void A_name_that_nothing_has_is_an_orphan(string path, string below, string id, string extension)
    {
        files.Write(path, "{}");
        folder.Status().Should().ContainSingle(s => s.Orphan).Which.Name.Should().Be(new GoldenName(below, id, extension));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{\"provenance\": 3}")]
    [TestCase("{}")]
    public void A_damaged_golden_is_named(string json)
    {
        files.Write("control-untrained.verified.json", json);
        FluentActions.Invoking(() => folder.Compare(Untrained(VerdictKind.Fails), isWhole: true)).Should().Throw<InputException>().WithMessage("*control-untrained.verified.json*");
    }

    [Test]
    public void A_damaged_claim_is_named()
    {
        files.Write("claims/a.verified.txt", "damaged");
        FluentActions.Invoking(() => folder.Compare("a", HandMadeSnapshot.Of())).Should().Throw<InputException>().WithMessage("*a.verified.txt is not a claim's golden*");
    }

    [TestCase("provenance")]
    [TestCase("provenance.sampleSizes")]
    [TestCase("provenance.readings")]
    [TestCase("provenance.readings.importance")]
    [TestCase("number")]
    [TestCase("number.unit")]
    public void A_null_where_a_golden_has_a_value_is_refused(string place)
    {
        JsonNode golden = JsonNode.Parse(GoldenFolder.ToJson(new QuantityFile { Provenance = HandMadeProvenance.Made, Number = new(1, 0, 2, "", 0) }))!;
        JsonNode parent = place.Split('.')[..^1].Aggregate(golden, (node, name) => node[name]!);
        parent[place.Split('.')[^1]] = null;
        FluentActions.Invoking(() => GoldenFolder.FromJson<QuantityFile>(golden.ToJsonString(), "a golden")).Should().Throw<InputException>().WithMessage("a golden is not a golden (*");
    }

    [TestCase("{\"a\": 99}")]
    [TestCase("{\"a\": null}")]
    [TestCase("{\"a\": \"Holds\", \"a\": \"Fails\"}")]
    public void A_verdict_that_is_none_or_stands_twice_is_refused(string claims)
    {
        string golden = GoldenFolder.ToJson(Untrained(VerdictKind.Fails)).Replace("{\n    \"a\": \"Fails\"\n  }", claims, StringComparison.Ordinal);
        golden.Should().Contain(claims);
        FluentActions.Invoking(() => GoldenFolder.FromJson<UntrainedGolden>(golden, "a golden")).Should().Throw<InputException>();
    }

    // Compares and writes, as a verification does.
    private IReadOnlyList<string> Check(UntrainedGolden received) => Written(folder.Compare(received, isWhole: true));

    private IReadOnlyList<string> Check(string claim, VerdictKind kind) => Written(folder.Compare(claim, HandMadeSnapshot.Of(kind)));

    private IReadOnlyList<string> Written(ComparedGolden compared)
    {
        folder.WriteReceived([compared]);
        return compared.Differences;
    }

    private static UntrainedGolden Untrained(VerdictKind kind) => new()
    {
        Provenance = HandMadeProvenance.Made,
        Claims = new Dictionary<string, VerdictKind> { ["a"] = kind },
        Confirmed = [],
        ModelIndependent = [],
    };

    /// <summary>A golden with a number and a text in it.</summary>
    private sealed record QuantityFile
    {
        public required Provenance Provenance { get; init; }

        public required QuantityResult Number { get; init; }
    }
}
