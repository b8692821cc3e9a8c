using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Harness.Tests.Claims;
using Repro.Harness.Tests.Measuring;

namespace Repro.Harness.Tests.Reporting;

/// <summary>Verdicts in plain text.</summary>
public sealed class VerdictTextTests
{
    private static readonly ClaimRow Even = new("even", Measures.Quantity(SmallSession.Even));

    [Test]
    public void A_claim_of_several_rows_shows_both_intervals_and_says_what_each_decides()
    {
        VerdictRow row = new("even", 3, 0.5, 0.25, 0.75, -0.25, VerdictKind.Inconclusive) { FailLow = 0.125, FailHigh = 0.875 };
        string text = VerdictText.Detailed(new Verdict(HandMadeClaim.Of("two", Bound.Above(0.5), Even, Even), VerdictKind.Inconclusive, "undecided", 0.95, [row, row], []));
        text.Should().Contain("intervals  5 % on each side;").And.Contain("\n  to fail    2.50 % on each side; it fails when one of 2 lies outside");
        text.Should().Contain("[   0.250,   0.750]   -0.250  [   0.125,   0.875]  Inconclusive\n");
    }

    [Test]
    public void Where_one_row_is_enough_the_corrected_interval_stands_first_and_the_row_farthest_inside_decides()
    {
        VerdictRow inside = new("inside", 3, 0.5, 0.125, 0.875, 0.125, VerdictKind.Holds) { FailLow = 0.25, FailHigh = 0.75 };
        Verdict verdict = new(HandMadeClaim.Of("two", Bound.Above(0), Even, Even) with { AnyRow = true }, VerdictKind.Holds, "one", 0.95, [inside with { Label = "outside", Margin = -2 }, inside], []);
        string text = VerdictText.Detailed(verdict);
        text.Should().Contain("intervals  2.50 % on each side (Bonferroni); the claim holds when one of 2 lies inside").And.Contain("\n  to fail    5 % on each side; it fails when all lie outside");
        text.Should().Contain("[   0.125,   0.875]    0.125  [   0.250,   0.750]\n");
        VerdictText.Short(verdict, null).Should().Contain("inside: paper 3.000, measured 0.500 [0.125, 0.875]");
    }

    [Test]
    public void A_claim_of_one_row_has_nothing_to_correct()
    {
        VerdictRow row = new("even", 3, 0.5, 0.25, 0.75, 0.25, VerdictKind.Holds);
        string text = VerdictText.Detailed(new Verdict(HandMadeClaim.Of("one", Bound.Above(0), Even), VerdictKind.Holds, "inside", 0.9, [row], []));
        text.Should().NotContain("to fail").And.Contain("[   0.250,   0.750]    0.250\n");
    }

    [Test]
    public void Effects_no_effects_and_the_method_are_counted_apart()
    {
        Verdict Of(ClaimKind kind, VerdictKind verdict) => new(HandMadeClaim.Of("x", Bound.Above(0), Even) with { Kind = kind }, verdict, "", 0.9, [], []);
        VerdictText.Summary(
        [
            Of(ClaimKind.NoEffect, VerdictKind.Holds),
            Of(ClaimKind.Effect, VerdictKind.Fails),
            Of(ClaimKind.Effect, VerdictKind.Holds),
            Of(ClaimKind.ModelIndependent, VerdictKind.Inconclusive),
        ]).Should().Be("4 claims: 2 Holds, 1 Fails, 1 Inconclusive (effects 1 of 2 hold, no-effects 1 of 1, of the method 0 of 1)");
        VerdictText.Summary([]).Should().Be("0 claims: ");
    }

    [Test]
    public void What_all_effects_together_may_be_wrong_in_is_said() =>
        VerdictText.ByChance(45).Should().Be("Were none of the 45 effects there, at most 2.3 of them would hold by chance on average (5 % each).");
}
