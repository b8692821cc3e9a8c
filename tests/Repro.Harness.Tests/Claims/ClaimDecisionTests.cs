using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;

namespace Repro.Harness.Tests.Claims;

/// <summary>Verdicts from draws to reason, on numbers whose intervals can be computed by hand.</summary>
public sealed class ClaimDecisionTests
{
    // 10,000 draws cycle through 0, 0.001 … 0.999. With 5 % below, an end is at position 499.95 of the sorted ones, between 0.049 and 0.050; with 1 % at 99.99.
    private const double Low = 0.04995;
    private const double High = 0.94905;
    private const double LowOfFive = 0.00999;
    private const double HighOfFive = 0.98901;
    private const double Tolerance = 1e-9;

    private static readonly ClaimRow Even = new("even", Measures.Quantity(SmallSession.Even));
    private static readonly ClaimRow Exact = new("exact", Measures.Quantity(SmallSession.Exact));
    private static readonly Gate Passed = new("base", true, "");
    private static readonly Gate Missed = new("weights restored", false, "they differ");
    private static readonly BootstrapMeasurements Measured = new(HandMadeSet.Empty, HandMadeProfile.Small);

    [Test]
    public void One_row_is_decided_on_an_interval_with_five_percent_on_each_side()
    {
        Verdict verdict = Decide(HandMadeClaim.Of("one", Bound.Above(0.02), Even));
        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.CorrectedLevel.Should().BeApproximately(0.9, Tolerance);
        VerdictRow row = verdict.Rows.Should().ContainSingle().Subject;
        row.Label.Should().Be("even");
        row.Value.Should().Be(0.5);
        row.Low.Should().BeApproximately(Low, Tolerance);
        row.High.Should().BeApproximately(High, Tolerance);
        (row.FailLow, row.FailHigh).Should().Be((row.Low, row.High), "there is nothing to correct");
        row.Margin.Should().BeApproximately(Low - 0.02, Tolerance);
        verdict.Reason.Should().Be("all 1 lie inside the bound, least margin +0.030 at even");
    }

    [Test]
    public void Five_rows_hold_as_one_does_and_fail_at_a_fifth_of_the_five_percent()
    {
        ClaimRow[] five = [.. Enumerable.Range(0, 5).Select(i => Even with { Label = $"row {i}" })];
        Verdict verdict = Decide(HandMadeClaim.Of("five", Bound.Above(0.02), five));
        verdict.CorrectedLevel.Should().BeApproximately(0.98, Tolerance);
        verdict.Rows.Should().HaveCount(5).And.OnlyContain(r => Math.Abs(r.Low - Low) < Tolerance && Math.Abs(r.FailLow - LowOfFive) < Tolerance && Math.Abs(r.FailHigh - HighOfFive) < Tolerance);
        verdict.Kind.Should().Be(VerdictKind.Holds, "each has to be inside, so that nothing is to be corrected");

        Decide(HandMadeClaim.Of("one", Bound.Above(0.97), Even)).Kind.Should().Be(VerdictKind.Fails);
        Verdict open = Decide(HandMadeClaim.Of("five", Bound.Above(0.97), five));
        open.Kind.Should().Be(VerdictKind.Inconclusive, "one of five is outside by chance more often than one alone");
        open.Reason.Should().Be("5 of 5 are undecided, least margin -0.920 at row 0");
        Decide(HandMadeClaim.Of("five", Bound.Above(0.995), five)).Kind.Should().Be(VerdictKind.Fails);
    }

    [Test]
    public void Where_one_of_five_rows_is_enough_the_levels_change_places()
    {
        Claim Any(double low) => HandMadeClaim.Of("five", Bound.Above(low), [.. Enumerable.Range(0, 5).Select(i => Even with { Label = $"row {i}" })]) with { AnyRow = true };
        Decide(Any(0.005)).Kind.Should().Be(VerdictKind.Holds);
        Decide(Any(0.02)).Kind.Should().Be(VerdictKind.Inconclusive, "one of five is inside by chance more often than one alone");
        Decide(Any(0.97)).Kind.Should().Be(VerdictKind.Fails, "all of them lie outside, which needs no correction");
        Decide(Any(0.005)).Rows.Should().OnlyContain(
            r => Math.Abs(r.Low - LowOfFive) < Tolerance && Math.Abs(r.High - HighOfFive) < Tolerance && Math.Abs(r.FailLow - Low) < Tolerance && Math.Abs(r.FailHigh - High) < Tolerance,
            "the interval that decides whether it holds is the corrected one");
    }

    [Test]
    public void A_sampled_number_without_spread_refutes_nothing_and_an_exact_one_does()
    {
        BootstrapMeasurements measured = new(HandMadeSet.Empty.With("never", new Resampled(0, [0, 0, 0])), HandMadeProfile.Small);
        ClaimRow never = new("never", Measures.Quantity("never"));
        VerdictKind Kind(Bound bound) => new ClaimEvaluator(measured).Decide(HandMadeClaim.Of("none", bound, never), Paper(double.NaN), []).Kind;
        Kind(Bound.Above(0)).Should().Be(VerdictKind.Inconclusive);
        Kind(Bound.Within(1e-6)).Should().Be(VerdictKind.Holds);
        Decide(HandMadeClaim.Of("exact", Bound.Above(3), Exact)).Kind.Should().Be(VerdictKind.Fails);
    }

    [Test]
    public void The_margin_is_the_distance_to_the_nearer_end()
    {
        Decide(HandMadeClaim.Of("below", Bound.Below(1), Even)).Rows[0].Margin.Should().BeApproximately(1 - High, Tolerance);
        Decide(HandMadeClaim.Of("between", new Bound(0.01, 1), Even)).Rows[0].Margin.Should().BeApproximately(Low - 0.01, Tolerance);
        Decide(HandMadeClaim.Of("outside", Bound.Above(5), Exact)).Rows[0].Margin.Should().BeApproximately(-2, Tolerance);
    }

    [Test]
    public void One_failing_row_decides_and_the_reason_counts_it_and_names_the_least_margin()
    {
        Verdict verdict = Decide(HandMadeClaim.Of("failing", Bound.Below(2), Even, Exact));
        verdict.Kind.Should().Be(VerdictKind.Fails);
        verdict.Rows.Select(r => r.Kind).Should().Equal(VerdictKind.Holds, VerdictKind.Fails);
        verdict.Reason.Should().Be("1 of 2 lie outside the bound, least margin -1.000 at exact");
    }

    [Test]
    public void A_gate_that_did_not_pass_is_named_and_only_where_the_numbers_fit()
    {
        Verdict held = Decide(HandMadeClaim.Of("gated", Bound.Above(2), Exact), Passed, Missed);
        held.Kind.Should().Be(VerdictKind.Inconclusive);
        held.Reason.Should().Be("the numbers fit, but the gate 'weights restored' did not pass: they differ");
        held.Gates.Should().Equal(Passed, Missed);
        Decide(HandMadeClaim.Of("gated", Bound.Above(4), Exact), Passed, Missed).Kind.Should().Be(VerdictKind.Fails);
        Decide(HandMadeClaim.Of("gated", Bound.Above(2), Exact), Passed).Kind.Should().Be(VerdictKind.Holds);
    }

    [Test]
    public void The_papers_number_stands_beside_the_measured_one_where_there_is_one()
    {
        Decide(HandMadeClaim.Of("printed", Bound.Above(0), Exact), Paper(7)).Rows[0].Paper.Should().Be(7);
        Decide(HandMadeClaim.Of("printed", Bound.Above(0), Exact), Paper(double.NaN)).Rows[0].Paper.Should().BeNull();
    }

    [Test]
    public void On_the_papers_model_an_effect_must_reach_its_share_of_the_papers_number()
    {
        Claim effect = HandMadeClaim.Of("effect", Bound.Above(0), Exact);

        // Half of the way from 0 to 7 is 3.5, and 3 was measured.
        Verdict verdict = Evaluator(shareOfPaper: 0.5).Decide(effect, Paper(7), []);
        verdict.Kind.Should().Be(VerdictKind.Fails);
        verdict.Rows[0].OwnBound.Should().Be(Bound.Above(3.5));
        verdict.Rows[0].Margin.Should().BeApproximately(-0.5, Tolerance);

        Verdict general = Evaluator().Decide(effect, Paper(7), []);
        general.Kind.Should().Be(VerdictKind.Holds);
        general.Rows[0].OwnBound.Should().BeNull();

        foreach (ClaimKind kind in new[] { ClaimKind.NoEffect, ClaimKind.ModelIndependent })
            Evaluator(shareOfPaper: 0.5).Decide(effect with { Kind = kind }, Paper(7), []).Rows[0].OwnBound.Should().BeNull();
    }

    private static ClaimEvaluator Evaluator(double shareOfPaper = 0) => new(Measured, shareOfPaper);

    private static HandMadeMeasurements Paper(double number) => new((_, _) => double.NaN) { Numbers = _ => [number] };

    private static Verdict Decide(Claim claim, params Gate[] gates) => Evaluator().Decide(claim, Paper(double.NaN), gates);

    private static Verdict Decide(Claim claim, HandMadeMeasurements paper) => Evaluator().Decide(claim, paper, []);
}
