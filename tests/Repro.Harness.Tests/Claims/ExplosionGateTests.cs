using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;
using static TorchSharp.torch;

namespace Repro.Harness.Tests.Claims;

/// <summary>What must be so before an explosion is believed.</summary>
public sealed class ExplosionGateTests
{
    private const string NormWeight = "model.norm.weight";
    private const string Hash = "0123456789abcdef";
    private static readonly TestText First = HandMadeProfile.First;
    private static readonly TestText Second = HandMadeProfile.Second;
    private static readonly RegionRemoval Bottom = new(RegionKind.Bottom, 0.03);
    private static readonly IntegrityFacts Sound = new(Hash, Hash, Hash, "weights", "weights", 1);

    [Test]
    public void A_claim_that_reports_no_explosion_has_no_gate_and_nothing_is_looked_at_for_it() =>
        Gate(Set(4, 0)).Check(Gated(First, Second) with { Gate = [] }, () => throw new InvalidOperationException("not asked")).Should().BeEmpty();

    [Test]
    public void Base_controls_and_integrity_are_checked_in_this_order() =>
        Gate(Set(4, 0)).Check(Gated(First, Second), () => Sound).Select(g => g.Name).Should().Equal("base perplexity", "Bottom near base", "checkpoint known", "BOS first", "weights restored");

    // Sizes of both changes, whose mean must lie below 0.5.
    [TestCase(0.25, 0.5, true)]
    [TestCase(-0.25, -0.5, true)]
    [TestCase(0.5, 0.5, false, Description = "at the bound is not below it")]
    [TestCase(1, -1, false, Description = "changes of opposite signs do not cancel")]
    [TestCase(-2, 0.25, false)]
    public void A_control_must_stay_near_the_base(double first, double second, bool passes)
    {
        Gate near = Check(Set((condition, text) => 4 + (condition == Bottom ? (text == First ? first : second) : 0)))[1];
        near.Passed.Should().Be(passes);
        near.Detail.Should().Contain("at most 0.5");
    }

    // The profile expects 15 to 100: a geometric mean, so that 4 and 900 are 60, and 10 and 1,000 are 100.
    [TestCase(16, 16, true)]
    [TestCase(4, 900, true)]
    [TestCase(14, 14, false)]
    [TestCase(101, 101, false)]
    [TestCase(10, 1001, false)]
    public void The_geometric_mean_of_base_perplexities_must_lie_in_the_profiles_range(double first, double second, bool passes) =>
        Check(Set((_, text) => Math.Log(text == First ? first : second)))[0].Passed.Should().Be(passes);

    [TestCase(1, 4)]
    [TestCase(0.5, 1)]
    public void The_ends_of_the_range_lie_outside_it(double low, double high)
    {
        Gate gate = new ExplosionGate(Set(0, 0), HandMadeProfile.Small with { BasePerplexity = (low, high) }, isProfileOwn: true).Check(Gated(First, Second), () => Sound)[0];
        gate.Passed.Should().BeFalse("a perplexity of 1 is an end");
        gate.Detail.Should().StartWith("geometric mean 1.00");
    }

    [Test]
    public void A_users_own_model_must_be_better_than_a_unigram_model_over_its_texts_together()
    {
        static double Unigram(TestText text) => text == First ? 5 : 6.5;
        Gate Foreign(Func<Condition, TestText, double> nats) =>
            new ExplosionGate(HandMadeSet.Of([Condition.Base, Bottom], [First, Second], nats).WithFacts([First, Second], Unigram), HandMadeProfile.Small, isProfileOwn: false).Check(Gated(First, Second), () => Sound)[0];
        Gate Base(double overInSecond) => Foreign((_, text) => Unigram(text) + (text == Second ? overInSecond : -1));

        Base(-0.01).Should().Match<Gate>(g => g.Passed && !g.Detail.Contains("no better"));
        Base(0.5).Should().Match<Gate>(g => g.Passed && g.Detail.EndsWith("; no better in Second"), "one text that was hardly learned says nothing of the checkpoint");
        Foreign((_, text) => Unigram(text)).Should().Match<Gate>(g => !g.Passed && g.Detail.EndsWith("; no better in First, Second"), "as good as a unigram model is not better");
        Foreign((_, _) => 5.75 - 0.01).Passed.Should().BeTrue("means are compared, not the least");
        Foreign((_, _) => 5.75 + 0.01).Passed.Should().BeFalse();
        Base(1.01).Should().Match<Gate>(g => !g.Passed && g.Detail.EndsWith("; no better in Second"));
    }

    [TestCase(3, "; no better in One, Two, Three")]
    [TestCase(4, "; no better in 4 of 4 languages")]
    public void Few_texts_without_learning_are_named_and_many_are_counted(int count, string detail)
    {
        TestText[] texts = [.. new[] { "One", "Two", "Three", "Four" }.Take(count).Select(name => new TestText(name[..2], name))];
        MeasurementSet hopeless = HandMadeSet.Of([Condition.Base, Bottom], texts, (_, _) => 20).WithFacts(texts, _ => 6);
        new ExplosionGate(hopeless, HandMadeProfile.Small, isProfileOwn: false).Check(Gated(texts), () => Sound)[0].Detail.Should().EndWith(detail);
    }

    [Test]
    public void An_untouched_run_has_its_integrity()
    {
        Gate[] gates = Integrity(Sound);
        gates.Should().AllSatisfy(g => g.Passed.Should().BeTrue()).And.Subject.Select(g => g.Name).Should().Equal("checkpoint known", "BOS first", "weights restored");
        gates[2].Detail.Should().StartWith("bit-identical");
        Gate unrecorded = Integrity(Sound with { Recorded = null })[0];
        unrecorded.Passed.Should().BeTrue();
        unrecorded.Detail.Should().Contain(Hash[..12]).And.Contain("none on record");
    }

    [Test]
    public void A_checkpoint_that_changed_or_is_not_the_recorded_one_is_not_known()
    {
        string other = new('0', Hash.Length);
        Failing(Integrity(Sound with { CheckpointBefore = other })).Should().Equal("checkpoint known");
        Failing(Integrity(Sound with { CheckpointBefore = other, Recorded = null })).Should().Equal("checkpoint known");
        Gate gate = Integrity(Sound with { Recorded = other })[0];
        gate.Passed.Should().BeFalse();
        gate.Detail.Should().Contain(Hash[..12]).And.Contain("on record 000000000000");
    }

    [Test]
    public void A_record_that_is_no_hash_is_not_the_checkpoints() =>
        Integrity(Sound with { Recorded = "abc" })[0].Should().Match<Gate>(g => !g.Passed && g.Detail.EndsWith("on record abc"));

    [Test]
    public void A_document_without_bos_is_found_wherever_it_is()
    {
        using SmallSession session = new();
        session.Model.Texts.Test(Second)[^1][0] = session.Model.Texts.Bos + 1;
        MeasurementSet measured = session.Measure(new MeasurementPlan([], [First, Second]));
        (measured.Facts(First).BeginsWithBos, measured.Facts(Second).BeginsWithBos).Should().Be((true, false));

        MeasurementSet set = Set(4, 0).With(Second, measured.Facts(Second));
        Gate[] gates = [.. Gate(set).Check(Gated(First, Second), () => Sound)];
        Failing(gates[2..]).Should().Equal("BOS first");
        gates[3].Detail.Should().Contain("Second").And.Contain("BOS, 1");
    }

    [Test]
    public void A_weight_that_stays_changed_is_found()
    {
        using SmallSession session = new();
        IntegrityFacts Facts() => Sound with { WeightsBefore = session.Model.FingerprintBefore, WeightsNow = session.Model.FingerprintNow() };
        Failing(Integrity(Facts())).Should().BeEmpty();
        session.Model.Under(Intervention.None, model => Change(model));
        Failing(Integrity(Facts())).Should().Equal("weights restored");
        Integrity(Facts())[2].Detail.Should().Contain("differ");
    }

    private static bool Change(LlamaModel model)
    {
        using Tensor doubled = model.Parameters[NormWeight] * 2;
        model.Parameters.Set(NormWeight, doubled);
        return true;
    }

    private static Claim Gated(params TestText[] texts) => HandMadeClaim.Of("explodes", Bound.Above(0), [.. texts.Select(t => new ClaimRow(t.Name, Measures.Increase(Bottom, t)))]) with
    {
        Gate = [new GateCondition("Bottom near base", Bottom, 0.5)],
    };

    private static MeasurementSet Set(Func<Condition, TestText, double> nats) => HandMadeSet.Of([Condition.Base, Bottom], [First, Second], nats).WithFacts([First, Second], _ => 6);

    private static MeasurementSet Set(double nats, double increase) => Set((condition, _) => nats + (condition == Condition.Base ? 0 : increase));

    private static ExplosionGate Gate(MeasurementSet set) => new(set, HandMadeProfile.Small, isProfileOwn: true);

    private static IReadOnlyList<Gate> Check(MeasurementSet set) => Gate(set).Check(Gated(First, Second), () => Sound);

    private static Gate[] Integrity(IntegrityFacts facts) => [.. Gate(Set(4, 0)).Check(Gated(First, Second), () => facts).Skip(2)];

    private static IEnumerable<string> Failing(IEnumerable<Gate> gates) => gates.Where(g => !g.Passed).Select(g => g.Name);
}
