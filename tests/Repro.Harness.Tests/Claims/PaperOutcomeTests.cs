using Repro.Harness.Claims;
using Repro.Harness.Reporting;

namespace Repro.Harness.Tests.Claims;

/// <summary>A claim on the paper's own numbers.</summary>
public sealed class PaperOutcomeTests
{
    private static readonly Claim Positive = HandMadeClaim.Of(
        "positive", Bound.Above(0), new ClaimRow("a", Measures.Quantity("a")), new ClaimRow("b", Measures.Quantity("b")), new ClaimRow("c", Measures.Quantity("c"))) with
    {
        WhyPaperFails = "Table 0 prints less for b",
    };

    [TestCase(new[] { 1, 2, 3.0 }, "Holds: 3 of 3 printed rows")]
    [TestCase(new[] { 1, double.NaN, 3 }, "Holds: 2 of 2 printed rows")]
    [TestCase(new[] { 1, -1, 3.0 }, "Fails: 1 of 3 printed rows, Table 0 prints less for b")]
    [TestCase(new[] { double.NaN, 0, double.PositiveInfinity }, "Fails: 1 of 1 printed rows, Table 0 prints less for b", Description = "a number on the bound is not above it")]
    [TestCase(new[] { double.NaN, double.NaN, double.NaN }, "prints no number")]
    public void Every_printed_row_counts_and_no_other(double[] printed, string outcome) => Of(Positive, printed).ToString().Should().Be(outcome);

    [Test]
    public void A_claim_without_a_reason_says_how_many_rows_lie_outside() =>
        Of(Positive with { WhyPaperFails = "" }, -1, -2, double.NaN).ToString().Should().Be("Fails: 2 of 2 printed rows");

    [TestCase(new[] { 1, -1, 3.0 }, "Holds: 2 of 3 printed rows")]
    [TestCase(new[] { -1, -1, double.NaN }, "Fails: 2 of 2 printed rows, Table 0 prints less for b")]
    public void One_printed_row_is_enough_where_one_row_is(double[] printed, string outcome) => Of(Positive with { AnyRow = true }, printed).ToString().Should().Be(outcome);

    [Test]
    public void The_bound_is_the_claims_own_and_not_one_that_the_papers_number_has_moved()
    {
        VerdictRow row = new("a", 1, 0.2, 0.1, 0.3, -0.4, VerdictKind.Fails) { OwnBound = Bound.Above(2) };
        new Verdict(Positive, VerdictKind.Fails, "", 0.95, [row], []).Paper.Should().Be(new PaperOutcome(VerdictKind.Holds, 0, 1, ""));
    }

    [Test]
    public void It_stands_in_the_detailed_text_of_a_verdict() =>
        VerdictText.Detailed(new Verdict(Positive, VerdictKind.Holds, "", 0.95, [new VerdictRow("b", -1, 0.2, 0.1, 0.3, 0.1, VerdictKind.Holds)], [])).Should()
            .Contain("  paper      Fails: 1 of 1 printed rows, Table 0 prints less for b\n");

    private static PaperOutcome Of(Claim claim, params double[] printed) =>
        PaperOutcome.Of(claim, new HandMadeMeasurements((_, _) => double.NaN) { Numbers = id => [printed[id[0] - 'a']] });
}
