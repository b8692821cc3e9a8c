using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Tests.Claims;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;

namespace Repro.Harness.Tests.Papers;

/// <summary>A claim that asks for more than its table measures is refused before anything is measured.</summary>
public sealed class PaperTableTests
{
    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.05);
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.05);
    private static readonly RegionRemoval OtherDraw = new(RegionKind.Random, 0.05, draw: 1);

    [Test]
    public void Its_claims_bear_its_name()
    {
        Claim claim = Table([Condition.Base, Top], Claim(Measures.Increase(Top, HandMadeProfile.First))).Claims.Should().ContainSingle().Subject;
        (claim.Table, claim.TableId).Should().Be(("Table 7", "table-7"));
    }

    [Test]
    public void A_condition_that_is_not_measured_is_named() =>
        Refused([Condition.Base], Claim(Measures.Increase(Top, HandMadeProfile.First))).WithMessage("grows needs top 5% core large on aa, which Table 7 does not measure.");

    [Test]
    public void The_base_that_a_statistic_compares_with_is_needed_too() =>
        Refused([Top], Claim(Measures.Increase(Top, HandMadeProfile.First))).WithMessage("grows needs base on aa, which Table 7 does not measure.");

    [Test]
    public void A_text_that_is_not_measured_is_named() =>
        Refused([Condition.Base, Top], Claim(Measures.Increase(Top, HandMadeProfile.Third))).WithMessage("grows needs top 5% core large on cc, which Table 7 does not measure.");

    [Test]
    public void Every_draw_of_a_random_condition_is_needed()
    {
        Claim claim = Claim(Measures.Increase(Random, HandMadeProfile.First));
        Refused([Condition.Base, Random], claim).WithMessage("grows needs random 5% draw 1 on aa, which Table 7 does not measure.");
        FluentActions.Invoking(() => Table([Condition.Base, Random, OtherDraw], claim)).Should().NotThrow();
    }

    [Test]
    public void What_the_gate_looks_at_is_needed_on_the_claims_texts()
    {
        RegionRemoval control = new(RegionKind.Bottom, 0.05);
        Claim claim = Claim(Measures.Increase(Top, HandMadeProfile.Second)) with { Gate = [new GateCondition("control", control, 0.5)] };
        Refused([Condition.Base, Top], claim).WithMessage("grows needs bottom 5% core large on bb, which Table 7 does not measure.");
        FluentActions.Invoking(() => Table([Condition.Base, Top, control], claim)).Should().NotThrow();
    }

    [Test]
    public void A_quantity_that_is_not_measured_is_named()
    {
        Refused([Condition.Base], Claim(Measures.Quantity("gini"))).WithMessage("grows needs 'gini', which Table 7 does not measure.");
        FluentActions.Invoking(() => Table([Condition.Base], Claim(Measures.Quantity(SmallSession.Exact)))).Should().NotThrow();
    }

    [Test]
    public void Where_the_paper_prints_nothing_no_number_is_published()
    {
        IMeasurements published = Table([Condition.Base]).Published;
        published.LogPerplexity(Condition.Base, HandMadeProfile.First).Should().Equal(double.NaN);
        published.Quantity("gini").Should().Equal(double.NaN);
    }

    [Test]
    public void A_printed_perplexity_is_read_as_its_logarithm()
    {
        PublishedMeasurements published = new((condition, text) => condition == Condition.Base && text == HandMadeProfile.First ? 6.25m : null, vocabularySize: 32_000);
        published.LogPerplexity(Condition.Base, HandMadeProfile.First).Should().Equal(Math.Log(6.25));
        published.LogPerplexity(Top, HandMadeProfile.First).Should().Equal(double.NaN);
        (published.Count, published.UniformNats).Should().Be((1, Math.Log(32_000)));
    }

    private static Claim Claim(Statistic statistic) => HandMadeClaim.Of("grows", Bound.Above(0), new ClaimRow("row", statistic));

    private static PaperTable Table(Condition[] conditions, params Claim[] claims) =>
        new("table-7", "Table 7", "Made by hand", SmallSession.Plan(conditions), claims, HandMadeProfile.Small);

    private static FluentAssertions.Specialized.ExceptionAssertions<InvalidOperationException> Refused(Condition[] conditions, Claim claim) =>
        FluentActions.Invoking(() => Table(conditions, claim)).Should().Throw<InvalidOperationException>();
}
