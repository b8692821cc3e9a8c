using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Tests.Claims;

namespace Repro.Harness.Tests.Goldens;

/// <summary>What verdicts become in the goldens of the controls.</summary>
public sealed class ControlGoldenTests
{
    private static readonly Claim Effect = HandMadeClaim.Of("effect", Bound.Above(0));
    private static readonly Claim NoEffect = HandMadeClaim.Of("none", Bound.Within(1)) with { Kind = ClaimKind.NoEffect };
    private static readonly Claim OfTheMethod = HandMadeClaim.Of("method", Bound.Above(0)) with { Kind = ClaimKind.ModelIndependent };

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
        golden.ModelIndependent.Should().Equal("method");
        golden.Claims.Should().HaveCount(6).And.Contain("failed", VerdictKind.Fails).And.Contain("none", VerdictKind.Holds);
    }

    [Test]
    public void The_part_that_some_claims_decide_keeps_their_verdicts_and_lists()
    {
        UntrainedGolden golden = UntrainedGolden.Of(HandMadeProvenance.Made, [Verdict(Effect, VerdictKind.Holds), Verdict(NoEffect, VerdictKind.Fails), Verdict(OfTheMethod, VerdictKind.Holds)]);
        UntrainedGolden part = golden.Of(["none", "method"]);
        part.Claims.Should().Equal(new Dictionary<string, VerdictKind> { ["none"] = VerdictKind.Fails, ["method"] = VerdictKind.Holds });
        part.Confirmed.Should().BeEmpty();
        part.ModelIndependent.Should().Equal("method");
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

    private static Verdict Verdict(Claim claim, VerdictKind kind) => new(claim, kind, "", 0.95, [], []);
}
