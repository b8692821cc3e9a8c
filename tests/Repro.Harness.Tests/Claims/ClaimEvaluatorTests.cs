using Repro.Engine.Evaluation;
using Repro.Harness.Claims;

namespace Repro.Harness.Tests.Claims;

public sealed class ClaimEvaluatorTests
{
    private static readonly Gate Passed = new("base", true, "");
    private static readonly Gate Missed = new("base", false, "off");

    [TestCase(0.1, 0.2, VerdictKind.Holds)]
    [TestCase(-0.1, 0.2, VerdictKind.Inconclusive)]
    [TestCase(-0.2, -0.1, VerdictKind.Fails)]
    [TestCase(0, 0.2, VerdictKind.Inconclusive, Description = "an interval that touches the bound is not above it")]
    [TestCase(-0.2, 0, VerdictKind.Fails)]
    public void An_interval_is_held_against_a_lower_bound(double low, double high, VerdictKind expected) =>
        KindOf(low, high, Bound.Above(0)).Should().Be(expected);

    [TestCase(-0.02, 0.02, VerdictKind.Holds)]
    [TestCase(-0.04, 0.02, VerdictKind.Inconclusive)]
    [TestCase(0.04, 0.05, VerdictKind.Fails)]
    [TestCase(-0.05, -0.04, VerdictKind.Fails)]
    [TestCase(-0.05, 0.05, VerdictKind.Inconclusive)]
    public void An_interval_is_held_against_both_ends_of_a_range(double low, double high, VerdictKind expected) =>
        KindOf(low, high, Bound.Within(0.03)).Should().Be(expected);

    [TestCase(0.03, 0.05, VerdictKind.Fails, Description = "an interval that begins at the upper end is not below it")]
    [TestCase(-0.05, -0.03, VerdictKind.Fails)]
    [TestCase(-0.02, 0.03, VerdictKind.Inconclusive)]
    [TestCase(-0.03, 0.02, VerdictKind.Inconclusive)]
    [TestCase(0, 0, VerdictKind.Holds, Description = "a number without spread")]
    public void An_end_that_touches_the_bound_does_not_lie_inside(double low, double high, VerdictKind expected) =>
        KindOf(low, high, Bound.Within(0.03)).Should().Be(expected);

    [Test]
    public void A_number_that_is_no_number_never_holds() =>
        KindOf(double.NaN, double.NaN, Bound.Above(0)).Should().Be(VerdictKind.Inconclusive);

    [Test]
    public void What_holds_is_said_by_the_interval_and_what_fails_by_the_corrected_one()
    {
        Interval narrow = new(0.5, 0.1, 0.9);
        Interval wide = new(0.5, -0.5, 1.5);
        ClaimEvaluator.KindOf(narrow, wide, Bound.Above(0), isExact: false).Should().Be(VerdictKind.Holds);
        ClaimEvaluator.KindOf(narrow, wide, Bound.Above(1), isExact: false).Should().Be(VerdictKind.Inconclusive, "among many rows one lies outside by chance");
        ClaimEvaluator.KindOf(narrow, wide, Bound.Above(1.5), isExact: false).Should().Be(VerdictKind.Fails);
    }

    [TestCase(false, VerdictKind.Inconclusive)]
    [TestCase(true, VerdictKind.Fails)]
    public void An_interval_without_width_refutes_only_where_the_number_is_exact(bool isExact, VerdictKind expected)
    {
        Interval none = new(0, 0, 0);
        ClaimEvaluator.KindOf(none, none, Bound.Above(0), isExact).Should().Be(expected);
        ClaimEvaluator.KindOf(none, none, Bound.Above(0.1), isExact).Should().Be(expected);
        ClaimEvaluator.KindOf(none, new Interval(0, -1e-15, 1e-15), Bound.Below(-1), isExact).Should().Be(expected, "a last bit is no width");
        ClaimEvaluator.KindOf(none, none, Bound.Within(1e-6), isExact).Should().Be(VerdictKind.Holds, "a control that must be 0 to the last bit is");
    }

    [Test]
    public void One_row_outside_makes_a_claim_fail() =>
        ClaimEvaluator.Summarise([Row(VerdictKind.Holds), Row(VerdictKind.Inconclusive), Row(VerdictKind.Fails)], [Passed]).Kind.Should().Be(VerdictKind.Fails);

    [Test]
    public void One_open_row_leaves_a_claim_inconclusive() =>
        ClaimEvaluator.Summarise([Row(VerdictKind.Holds), Row(VerdictKind.Inconclusive)], [Passed]).Kind.Should().Be(VerdictKind.Inconclusive);

    [Test]
    public void An_explosion_without_its_gate_is_inconclusive_and_says_which_gate() =>
        ClaimEvaluator.Summarise([Row(VerdictKind.Holds)], [Passed, Missed]).Should().Match<(VerdictKind Kind, string Reason)>(s => s.Kind == VerdictKind.Inconclusive && s.Reason.Contains("'base'"));

    [Test]
    public void Rows_inside_and_gates_passed_hold() => ClaimEvaluator.Summarise([Row(VerdictKind.Holds)], [Passed]).Kind.Should().Be(VerdictKind.Holds);

    [TestCase(VerdictKind.Holds, VerdictKind.Holds, VerdictKind.Fails)]
    [TestCase(VerdictKind.Holds, VerdictKind.Holds, VerdictKind.Inconclusive)]
    [TestCase(VerdictKind.Inconclusive, VerdictKind.Inconclusive, VerdictKind.Fails)]
    [TestCase(VerdictKind.Fails, VerdictKind.Fails, VerdictKind.Fails)]
    public void Where_one_row_is_enough_the_best_decides(VerdictKind expected, params VerdictKind[] rows) =>
        ClaimEvaluator.Summarise([.. rows.Select(Row)], [Passed], anyRow: true).Kind.Should().Be(expected);

    [Test]
    public void Where_one_row_is_enough_the_reason_names_the_one_with_the_largest_margin() =>
        ClaimEvaluator.Summarise([Row(VerdictKind.Fails) with { Label = "far", Margin = -1.5 }, Row(VerdictKind.Holds) with { Label = "inside", Margin = 0.5 }], [], anyRow: true)
            .Reason.Should().Be("1 of 2 lie inside the bound, largest margin +0.500 at inside");

    [Test]
    public void The_reason_counts_the_rows_and_names_the_one_with_the_least_margin()
    {
        VerdictRow near = Row(VerdictKind.Inconclusive) with { Label = "near", Margin = -0.25 };
        VerdictRow far = Row(VerdictKind.Fails) with { Label = "far", Margin = -1.5 };
        VerdictRow inside = Row(VerdictKind.Holds) with { Label = "inside", Margin = 0.5 };
        ClaimEvaluator.Summarise([inside, far, near], [Passed]).Reason.Should().Be("1 of 3 lie outside the bound, least margin -1.500 at far");
        ClaimEvaluator.Summarise([inside, near], [Missed]).Reason.Should().Be("1 of 2 are undecided, least margin -0.250 at near");
        ClaimEvaluator.Summarise([inside], []).Reason.Should().Be("all 1 lie inside the bound, least margin +0.500 at inside");
    }

    private static VerdictKind KindOf(double low, double high, Bound bound)
    {
        Interval interval = new((low + high) / 2, low, high);
        return ClaimEvaluator.KindOf(interval, interval, bound, isExact: false);
    }

    private static VerdictRow Row(VerdictKind kind) => new("x", null, 0, 0, 0, 0, kind);
}
