using Repro.Harness.Claims;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;

namespace Repro.Harness.Tests.Claims;

/// <summary>Verdicts from draws to reason, on numbers whose intervals can be computed by hand.</summary>
public sealed class ClaimDecisionTests
{
    // 10,000 draws cycle through 0, 0.001 … 0.999. At 95 % an end is at position 249.975 of the sorted ones, between 0.024 and 0.025; at 99 % at 49.995.
    private const double LowAt95 = 0.024975;
    private const double HighAt95 = 0.974025;
    private const double LowAt99 = 0.004995;
    private const double Tolerance = 1e-9;

    private static readonly ClaimRow Even = new("even", Measures.Quantity(SmallSession.Even));
    private static readonly ClaimRow Exact = new("exact", Measures.Quantity(SmallSession.Exact));
    private static readonly Gate Passed = new("base", true, "");
    private static readonly Gate Missed = new("weights restored", false, "they differ");
    private static readonly BootstrapMeasurements Measured = new(HandMadeSet.Empty, HandMadeProfile.Small);

    [Test]
    public void One_row_is_decided_on_its_95_percent_interval()
    {
        Verdict verdict = Decide(HandMadeClaim.Of("one", Bound.Above(0.02), Even));
        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Level.Should().BeApproximately(0.95, Tolerance);
        VerdictRow row = verdict.Rows.Should().ContainSingle().Subject;
        row.Label.Should().Be("even");
        row.Value.Should().Be(0.5);
        row.Low.Should().BeApproximately(LowAt95, Tolerance);
        row.High.Should().BeApproximately(HighAt95, Tolerance);
        row.Margin.Should().BeApproximately(LowAt95 - 0.02, Tolerance);
        verdict.Reason.Should().Be("all 1 lie inside the bound, least margin +0.005 at even");
    }

    [Test]
    public void Five_rows_share_the_five_percent_between_them()
    {
        Verdict verdict = Decide(HandMadeClaim.Of("five", Bound.Above(0.02), [.. Enumerable.Range(0, 5).Select(i => Even with { Label = $"row {i}" })]));
        verdict.Level.Should().BeApproximately(0.99, Tolerance);
        verdict.Rows.Should().HaveCount(5).And.OnlyContain(r => r.Kind == VerdictKind.Inconclusive && Math.Abs(r.Low - LowAt99) < Tolerance);
        verdict.Kind.Should().Be(VerdictKind.Inconclusive, "what holds alone need not hold among five");
        verdict.Reason.Should().Be("5 of 5 straddle the bound, least margin -0.015 at row 0");
    }

    [Test]
    public void The_margin_is_the_distance_to_the_nearer_end()
    {
        Decide(HandMadeClaim.Of("below", Bound.Below(1), Even)).Rows[0].Margin.Should().BeApproximately(1 - HighAt95, Tolerance);
        Decide(HandMadeClaim.Of("between", new Bound(0.01, 1), Even)).Rows[0].Margin.Should().BeApproximately(LowAt95 - 0.01, Tolerance);
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
