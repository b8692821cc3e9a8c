using Repro.Paper.Claims;
using Repro.Paper.Goldens;
using Repro.Paper.Tests.Claims;

namespace Repro.Paper.Tests.Goldens;

/// <summary>What a run's verdicts become in the goldens.</summary>
public sealed class GoldenContentTests
{
    private static readonly Claim Effect = SmallLaboratory.Claim("effect", Bound.Above(0));
    private static readonly Claim NoEffect = SmallLaboratory.Claim("none", Bound.Within(1)) with { Kind = ClaimKind.NoEffect };
    private static readonly Claim OfTheMethod = SmallLaboratory.Claim("method", Bound.Above(0)) with { Kind = ClaimKind.OfTheMethod };

    [Test]
    public void A_claim_is_expected_with_its_least_margin_and_the_row_it_is_at()
    {
        ClaimsGolden golden = ClaimsGolden.Of(HandMadeProvenance.Made, [Verdict(Effect with { Sentence = "It grows" }, VerdictKind.Fails, ("a", 0.25), ("b", -1.00004), ("c", 3))]);
        golden.Claims.Should().ContainSingle().Which.Value.Should().Be(new ExpectedVerdict(VerdictKind.Fails, -1, "b", "It grows"));
        golden.Provenance.Should().Be(HandMadeProvenance.Made);
    }

    [Test]
    public void A_claim_that_could_not_be_decided_has_no_row() =>
        ClaimsGolden.Of(HandMadeProvenance.Made, [Verdict(Effect, VerdictKind.NotApplicable)]).Claims["effect"].Should().Be(new ExpectedVerdict(VerdictKind.NotApplicable, 0, "", ""));

    [Test]
    public void An_untrained_model_confirms_the_effects_that_hold_and_no_others()
    {
        UntrainedGolden golden = UntrainedGolden.Of(
            HandMadeProvenance.Made,
            [
                Verdict(Effect, VerdictKind.Holds), Verdict(Effect with { Id = "failed" }, VerdictKind.Fails), Verdict(Effect with { Id = "open" }, VerdictKind.Inconclusive),
                Verdict(NoEffect, VerdictKind.Holds), Verdict(OfTheMethod, VerdictKind.Holds), Verdict(OfTheMethod with { Id = "other method" }, VerdictKind.Fails),
            ]);
        golden.Confirmed.Should().Equal("effect");
        golden.OfTheMethod.Should().Equal("method");
        golden.Claims.Should().HaveCount(6).And.Contain("failed", VerdictKind.Fails).And.Contain("none", VerdictKind.Holds);
    }

    [Test]
    public void A_claim_depends_on_a_reading_under_which_its_verdict_is_another()
    {
        RobustnessGolden golden = RobustnessGolden.Of(
            HandMadeProvenance.Made,
            new Dictionary<string, string>(),
            [Effect, NoEffect],
            new Dictionary<string, Dictionary<string, VerdictKind>>
            {
                ["effect"] = new() { ["own"] = VerdictKind.Holds, ["absolute"] = VerdictKind.Holds, ["merged"] = VerdictKind.Fails, ["stored"] = VerdictKind.Inconclusive },
                ["none"] = new() { ["own"] = VerdictKind.Fails, ["absolute"] = VerdictKind.Fails },
            });
        golden.Dependent.Should().Equal("effect: Holds under the profile's own readings, Fails under merged, Inconclusive under stored.");
        golden.Claims["none"].Should().HaveCount(2).And.Contain("absolute", VerdictKind.Fails);
    }

    private static Verdict Verdict(Claim claim, VerdictKind kind, params (string Label, double Margin)[] rows) =>
        new(claim, kind, "", 0.95, [.. rows.Select(r => new VerdictRow(r.Label, null, 0, 0, 0, r.Margin, kind))], []);
}
