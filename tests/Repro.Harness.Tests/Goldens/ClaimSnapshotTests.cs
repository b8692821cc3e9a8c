using Repro.Engine.Files;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Claims;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;

namespace Repro.Harness.Tests.Goldens;

/// <summary>A claim as a text file: what is in it, that it comes back, and that a damaged one is refused.</summary>
public sealed class ClaimSnapshotTests
{
    private const string Where = "claims/growth.verified.txt";
    private static readonly RegionRemoval Removal = new(RegionKind.Random, 0.05);

    private static readonly ClaimSnapshot Full = HandMadeSnapshot.Of(
        VerdictKind.Inconclusive,
        new SnapshotRow("First", -0.125, -1.5, 12.0625, -2.5, 13, 0.02, 3.25, VerdictKind.Inconclusive),
        new SnapshotRow("a longer label", double.NaN, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, 0, null, VerdictKind.Fails));

    [Test]
    public void The_file_is_for_people_to_read() => Full.ToText().Should().Be(
        """
        Table 0: It grows

        verdict     Inconclusive
        statistic   increase(Top 3 %, First | Second)
        bound       above 0.03
        rationale   more than chance
        paper       Holds: 1 of 1 printed rows
        measured    small, cpu F32
        gate        passed: base perplexity
        gate        not passed: BOS first

        row            | estimate |       low |     high | corrected low | corrected high | tolerance |  paper |      verdict
        First          |  -0.1250 |   -1.5000 |  12.0625 |       -2.5000 |        13.0000 |    0.0200 | 3.2500 | Inconclusive
        a longer label |      NaN | -Infinity | Infinity |     -Infinity |       Infinity |    0.0000 |      - |        Fails

        """);

    [Test]
    public void What_is_written_comes_back() =>
        ClaimSnapshot.Parse(Full.ToText(), Where).Should().BeEquivalentTo(Full, o => o.WithStrictOrdering().ComparingByMembers<ClaimSnapshot>());

    [Test]
    public void Where_one_row_is_enough_the_corrected_interval_stands_first_and_comes_back()
    {
        ClaimSnapshot any = Full with { AnyRow = true };
        any.ToText().Should().Contain("| estimate | corrected low | corrected high |       low |     high |");
        ClaimSnapshot.Parse(any.ToText(), Where).Should().BeEquivalentTo(any, o => o.WithStrictOrdering().ComparingByMembers<ClaimSnapshot>());
    }

    [Test]
    public void A_claim_that_could_not_be_decided_has_no_rows_and_no_gates_and_comes_back_too()
    {
        ClaimSnapshot undecided = HandMadeSnapshot.Of(VerdictKind.NotApplicable) with { Gates = [], Rationale = "" };
        ClaimSnapshot.Parse(undecided.ToText(), Where).Should().BeEquivalentTo(undecided, o => o.ComparingByMembers<ClaimSnapshot>());
    }

    [Test]
    public void Written_again_the_text_is_the_same() => ClaimSnapshot.Parse(Full.ToText(), Where).ToText().Should().Be(Full.ToText());

    [Test]
    public void A_head_whose_trailing_blanks_an_editor_took_is_read()
    {
        ClaimSnapshot bare = HandMadeSnapshot.Of() with { Rationale = "" };
        ClaimSnapshot.Parse(bare.ToText().Replace("rationale   \n", "rationale\n", StringComparison.Ordinal), Where).Rationale.Should().BeEmpty();
    }

    [TestCase("", "a sentence, a head and a table of rows are expected")]
    [TestCase("{}\n", "a sentence, a head and a table of rows are expected")]
    [TestCase("Table 0: It grows\n\nverdict     Holds\n", "a sentence, a head and a table of rows are expected")]
    [TestCase("Table 0: It grows\nrow | estimate\n", "a sentence, a head and a table of rows are expected")]
    public void What_is_no_claim_is_refused(string text, string what) => Refused(text, what);

    [TestCase("verdict     Inconclusive\n", "", "'verdict' is missing or stands twice")]
    [TestCase("paper       Holds: 1 of 1 printed rows\n", "", "'paper' is missing or stands twice")]
    [TestCase("measured    small, cpu F32\n", "", "'measured' is missing or stands twice")]
    [TestCase("bound       above 0.03\n", "bound       above 0.03\nbound       above 0\n", "'bound' is missing or stands twice")]
    [TestCase("verdict     Inconclusive", "verdict     Perhaps", "'Perhaps' is no verdict")]
    [TestCase("verdict     Inconclusive", "verdict     1", "'1' is no verdict")]
    [TestCase("verdict     Inconclusive", "verdict     99", "'99' is no verdict")]
    [TestCase("-0.1250", "-0.1x50", "'-0.1x50' is no number")]
    [TestCase("0.0200 | 3.2500", "0.0200 |       ", "'' is no number")]
    [TestCase(" | 3.2500", "", "a row has 8 cells for 9 columns")]
    [TestCase("      Fails\n", "      Falls\n", "'Falls' is no verdict")]
    [TestCase("a longer label", "First         ", "the row 'First' stands twice")]
    [TestCase("Table 0: It grows\n\n", "Table 0: It grows\n", "a sentence, a head and a table of rows are expected")]
    [TestCase("      Fails\n", "      Fails", "a sentence, a head and a table of rows are expected")]
    public void A_damaged_file_is_refused_in_one_sentence(string part, string damaged, string what)
    {
        Full.ToText().Should().Contain(part);
        Refused(Full.ToText().Replace(part, damaged, StringComparison.Ordinal), what);
    }

    [Test]
    public void Of_a_verdict_it_has_every_row_to_four_digits_with_the_tolerance_of_its_own_statistic()
    {
        Statistic increase = Measures.Increase(Removal, HandMadeProfile.First);
        Claim claim = HandMadeClaim.Of("growth", Bound.Above(0.03), new ClaimRow("First", increase), new ClaimRow("five times", 5 * increase)) with
        {
            Sentence = "It grows",
            Table = "Table 0",
            Rationale = "more than chance",
        };
        Verdict verdict = new(
            claim,
            VerdictKind.Fails,
            "",
            0.975,
            [
                new VerdictRow("First", 0.333333, 0.12344, 0.12345678, 0.2, 0.09, VerdictKind.Holds) { FailLow = 0.10004, FailHigh = 0.3 },
                new VerdictRow("five times", null, -1.00004, -2, -1.00006, -2.03, VerdictKind.Fails),
            ],
            [new Gate("base perplexity", true, "geometric mean 40"), new Gate("BOS first", false, "a document of First does not begin with BOS")]);
        ClaimSnapshot snapshot = ClaimSnapshot.Of(verdict, HandMadeProvenance.Made, new Tolerances { Edited = new(0.02, "made by hand") }.For([], _ => double.NaN));
        snapshot.Should().BeEquivalentTo(new
        {
            Sentence = "Table 0: It grows",
            Verdict = VerdictKind.Fails,
            claim.Statistic,
            Bound = "above 0.03",
            Rationale = "more than chance",
            Paper = "Holds: 1 of 1 printed rows",
            Measured = HandMadeProvenance.Made.Brief(),
            Gates = new[] { "passed: base perplexity", "not passed: BOS first" },
            Rows = new[]
            {
                new SnapshotRow("First", 0.1234, 0.1235, 0.2, 0.1, 0.3, 0.02, 0.3333, VerdictKind.Holds),
                new SnapshotRow("five times", -1, -2, -1.0001, -2, -1.0001, 0.1, null, VerdictKind.Fails),
            },
        });
    }

    [Test]
    public void A_quantity_has_the_tolerance_of_its_table()
    {
        Claim claim = HandMadeClaim.Of("even", Bound.Above(0), new ClaimRow("even", Measures.Quantity(SmallSession.Even)));
        Verdict verdict = new(claim, VerdictKind.Holds, "", 0.95, [new VerdictRow("even", null, 0.5, 0, 1, 0, VerdictKind.Holds)], []);
        ClaimSnapshot.Of(verdict, HandMadeProvenance.Made, new Tolerances().For(SmallSession.Quantities, _ => double.NaN)).Rows.Should().ContainSingle().Which.Tolerance.Should().Be(0.125);
    }

    [Test]
    public void Of_a_claim_that_could_not_be_decided_it_has_no_row()
    {
        Claim claim = HandMadeClaim.Of("even", Bound.Above(0), new ClaimRow("even", Measures.Quantity(SmallSession.Even)));
        ClaimSnapshot snapshot = ClaimSnapshot.Of(new Verdict(claim, VerdictKind.NotApplicable, "no text", 0, [], []), HandMadeProvenance.Made, new Tolerances().For(SmallSession.Quantities, _ => double.NaN));
        (snapshot.Verdict, snapshot.Rows.Count, snapshot.Gates.Count).Should().Be((VerdictKind.NotApplicable, 0, 0));
    }

    [Test]
    public void The_provenance_stands_in_a_line() =>
        (HandMadeProvenance.Made with { Checkpoint = "0123456789abcdef", FurtherCorpus = "f", Untrained = true, SampleSizes = [3, 30], Readings = new Dictionary<string, string> { ["samples"] = "Line", ["norms"] = "WithNorms" } })
            .Brief().Should().Be("p, d, untrained, checkpoint 0123456789ab, corpus t, further corpus f, sizes 3/30, seed 0, norms WithNorms, samples Line");

    private static void Refused(string text, string what) =>
        FluentActions.Invoking(() => ClaimSnapshot.Parse(text, Where)).Should().Throw<InputException>().WithMessage($"{Where} is not a claim's golden ({what}); restore it from the repository.");
}
