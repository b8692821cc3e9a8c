using Repro.Harness.Claims;
using Repro.Harness.Goldens;

namespace Repro.Harness.Tests.Goldens;

/// <summary>A claim's verdict and numbers against its golden.</summary>
public sealed class SnapshotComparisonTests
{
    private static readonly ClaimSnapshot Golden = HandMadeSnapshot.Of(VerdictKind.Holds, HandMadeSnapshot.Row("First"), HandMadeSnapshot.Row("Second"));

    [Test]
    public void A_claim_matches_itself() => GoldenComparer.Differences(Golden, Golden).Should().BeEmpty();

    [TestCase(0.02, 0)]
    [TestCase(-0.02, 0)]
    [TestCase(0.0201, 1)]
    [TestCase(-0.0201, 1)]
    [TestCase(double.NaN, 1)]
    [TestCase(double.PositiveInfinity, 1)]
    public void Estimate_and_ends_may_move_within_the_rows_tolerance(double moved, int differences)
    {
        Found(r => r with { Estimate = r.Estimate + moved }, "First: estimate: ").Should().Be(differences);
        Found(r => r with { Low = r.Low + moved }, "First: low end: ").Should().Be(differences);
        Found(r => r with { High = r.High + moved }, "First: high end: ").Should().Be(differences);
    }

    [Test]
    public void A_difference_says_how_much_of_its_tolerance_it_is() =>
        GoldenComparer.Differences(Golden, With(r => r with { Estimate = 0.55 })).Should().Equal("First: estimate: 0.55, golden 0.5, 2.5 times its tolerance of 0.02");

    [Test]
    public void The_goldens_tolerance_counts_and_not_the_results() =>
        GoldenComparer.Differences(Golden, With(r => r with { Estimate = 0.6, Tolerance = 9 })).Should().ContainSingle();

    [Test]
    public void A_row_without_a_number_matches_only_another_without_one()
    {
        ClaimSnapshot none = With(r => r with { Estimate = double.NaN });
        GoldenComparer.Differences(none, none).Should().BeEmpty("a share of what is hardly known is no number");
        GoldenComparer.Differences(none, Golden).Should().ContainSingle();
    }

    [Test]
    public void A_changed_verdict_is_named_with_the_expected_one() =>
        GoldenComparer.Differences(Golden, Golden with { Verdict = VerdictKind.Fails }).Should().Equal("verdict: Fails, golden Holds");

    [Test]
    public void What_is_claimed_and_what_it_was_measured_on_are_compared_word_for_word()
    {
        Named(Golden with { Sentence = "Table 0: It shrinks" }).Should().StartWith("sentence: ");
        Named(Golden with { Statistic = "increase(Top 5 %, First)" }).Should().StartWith("statistic: ");
        Named(Golden with { Bound = "above 0.02" }).Should().Be("bound: above 0.02, golden above 0.03");
        Named(Golden with { Rationale = "" }).Should().StartWith("rationale: ");
        Named(Golden with { Paper = "prints no number" }).Should().StartWith("paper: ");
        Named(Golden with { Measured = "small, cpu BF16" }).Should().StartWith("measured: ");
        Named(Golden with { Gates = ["passed: base perplexity", "passed: BOS first"] }).Should().StartWith("gates: ");
        Named(Golden with { Gates = ["passed: base perplexity"] }).Should().StartWith("gates: ");
    }

    [Test]
    public void A_row_that_is_missing_and_one_that_is_new_are_both_named() =>
        GoldenComparer.Differences(Golden, Golden with { Rows = [HandMadeSnapshot.Row("First"), HandMadeSnapshot.Row("Third")] }).Should().Equal(
            "row 'Second' is in the golden and was not measured", "row 'Third' was measured and is not in the golden");

    [Test]
    public void The_papers_number_is_exact()
    {
        Named(With(r => r with { Paper = 0.7001 })).Should().StartWith("First: paper: ");
        Named(With(r => r with { Paper = null })).Should().StartWith("First: paper: ");
    }

    [Test]
    public void The_order_of_rows_their_corrected_ends_and_what_a_row_says_alone_are_not_compared() =>
        GoldenComparer.Differences(Golden, Golden with { Rows = [HandMadeSnapshot.Row("Second") with { Verdict = VerdictKind.Fails, FailLow = -9, FailHigh = 9 }, HandMadeSnapshot.Row("First")] }).Should().BeEmpty();

    private static ClaimSnapshot With(Func<SnapshotRow, SnapshotRow> change) => Golden with { Rows = [change(Golden.Rows[0]), Golden.Rows[1]] };

    private static int Found(Func<SnapshotRow, SnapshotRow> change, string start) =>
        GoldenComparer.Differences(Golden, With(change)).Count(d => d.StartsWith(start, StringComparison.Ordinal));

    private static string Named(ClaimSnapshot received) => GoldenComparer.Differences(Golden, received).Should().ContainSingle().Subject;
}
