using Repro.Engine.Evaluation;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Paper.Claims;
using Repro.Paper.Experiments;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using static TorchSharp.torch;

namespace Repro.Paper.Tests.Claims;

/// <summary>What must be so before an explosion is believed.</summary>
public sealed class ExplosionGateTests
{
    private const string NormWeight = "model.norm.weight";
    private static readonly RegionRemoval Bottom = new(RegionKind.Bottom, 0.03);
    private static readonly Claim Ungated = SmallLaboratory.Claim("explodes", Bound.Above(0));
    private static readonly Claim Gated = Ungated with { Gate = [new GateCondition("Bottom near base", Bottom, 0.5)] };
    private Laboratory shared = null!;

    [OneTimeSetUp]
    public void Open() => shared = SmallLaboratory.Open();

    [OneTimeTearDown]
    public void Close() => shared.Dispose();

    [Test]
    public void A_claim_that_reports_no_explosion_has_no_gate() => ExplosionGate.Check(shared, [new Gate("integrity", false, "")], World(4, 0), Ungated).Should().BeEmpty();

    [Test]
    public void Base_controls_and_integrity_are_checked_in_this_order()
    {
        Gate integrity = new("integrity", true, "");
        ExplosionGate.Check(shared, [integrity], World(4, 0), Gated).Select(g => g.Name).Should().Equal("base perplexity", "Bottom near base", "integrity");
    }

    // Sizes of both changes, whose mean must lie below 0.5.
    [TestCase(0.25, 0.5, true)]
    [TestCase(-0.25, -0.5, true)]
    [TestCase(0.5, 0.5, false, Description = "at the bound is not below it")]
    [TestCase(1, -1, false, Description = "changes of opposite signs do not cancel")]
    [TestCase(-2, 0.25, false)]
    public void A_control_must_stay_near_the_base(double english, double chinese, bool passes)
    {
        HandMadeWorld world = new((condition, text) => 4 + (condition == Bottom ? (text == "en" ? english : chinese) : 0));
        Gate near = ExplosionGate.Check(shared, [], world, Gated)[1];
        near.Passed.Should().Be(passes);
        near.Detail.Should().Contain("at most 0.5");
    }

    // The tiny profile expects 15 to 100: a geometric mean, so that 4 and 900 are 60, and 10 and 1,000 are 100.
    [TestCase(16, 16, true)]
    [TestCase(4, 900, true)]
    [TestCase(14, 14, false)]
    [TestCase(101, 101, false)]
    [TestCase(10, 1001, false)]
    public void The_geometric_mean_of_base_perplexities_must_lie_in_the_profiles_range(double english, double chinese, bool passes)
    {
        HandMadeWorld world = new((_, text) => Math.Log(text == "en" ? english : chinese));
        ExplosionGate.Check(shared, [], world, Gated)[0].Passed.Should().Be(passes);
    }

    [TestCase(1, 4)]
    [TestCase(0.5, 1)]
    public void The_ends_of_the_range_lie_outside_it(double low, double high)
    {
        using Laboratory laboratory = SmallLaboratory.Open(SmallLaboratory.Profile with { BasePerplexity = (low, high) });
        Gate gate = ExplosionGate.Check(laboratory, [], World(0, 0), Gated)[0];
        gate.Passed.Should().BeFalse("a perplexity of 1 is an end");
        gate.Detail.Should().StartWith("geometric mean 1.00");
    }

    [Test]
    public void A_users_own_model_must_be_better_than_a_unigram_model_over_its_languages_together()
    {
        using Laboratory laboratory = SmallLaboratory.Open(isProfileOwn: false);
        double Unigram(string text) => UnigramModel.NatsPerToken(laboratory.Texts.Test(PaperLanguages.Get(text)));
        Gate Base(double overInChinese) => ExplosionGate.Check(laboratory, [], new HandMadeWorld((_, text) => Unigram(text) + (text == "zh" ? overInChinese : -1)), Gated)[0];
        Base(-0.01).Should().Match<Gate>(g => g.Passed && !g.Detail.Contains("no better"));
        Base(0.5).Should().Match<Gate>(g => g.Passed && g.Detail.EndsWith("; no better in Chinese"), "one language that was hardly learned says nothing of the checkpoint");
        Gate equal = ExplosionGate.Check(laboratory, [], new HandMadeWorld((_, text) => Unigram(text)), Gated)[0];
        equal.Should().Match<Gate>(g => !g.Passed && g.Detail.EndsWith("; no better in English, Chinese"), "as good as a unigram model is not better");
        double mean = (Unigram("en") + Unigram("zh")) / 2;
        ExplosionGate.Check(laboratory, [], World(mean - 0.01, 0), Gated)[0].Passed.Should().BeTrue("means are compared, not the least");
        ExplosionGate.Check(laboratory, [], World(mean + 0.01, 0), Gated)[0].Passed.Should().BeFalse();
        Base(1.01).Should().Match<Gate>(g => !g.Passed && g.Detail.EndsWith("; no better in Chinese"));

        Gate Hopeless(int languages) => ExplosionGate.Check(laboratory, [], World(20, 0), Gated with { Languages = [.. PaperLanguages.All.Take(languages)] })[0];
        Hopeless(3).Detail.Should().EndWith($"; no better in {string.Join(", ", PaperLanguages.All.Take(3).Select(l => l.Name))}");
        Hopeless(4).Detail.Should().EndWith("; no better in 4 of 4 languages");
    }

    [Test]
    public void An_untouched_run_has_its_integrity()
    {
        string hash = shared.CheckpointHash();
        Integrity(shared, hash, hash).Should().AllSatisfy(g => g.Passed.Should().BeTrue()).And.Subject.Select(g => g.Name).Should().Equal("checkpoint known", "BOS first", "weights restored");
        Gate unrecorded = Integrity(shared, hash, null)[0];
        unrecorded.Passed.Should().BeTrue();
        Integrity(shared, hash, hash)[2].Detail.Should().StartWith("bit-identical");
        unrecorded.Detail.Should().Contain(hash[..12]).And.Contain("none on record");
    }

    [Test]
    public void A_checkpoint_that_changed_or_is_not_the_recorded_one_is_not_known()
    {
        string hash = shared.CheckpointHash();
        string other = new('0', hash.Length);
        Failing(Integrity(shared, other, hash)).Should().Equal("checkpoint known");
        Failing(Integrity(shared, other, null)).Should().Equal("checkpoint known");
        Gate gate = Integrity(shared, hash, other)[0];
        gate.Passed.Should().BeFalse();
        gate.Detail.Should().Contain(hash[..12]).And.Contain("on record 000000000000");
    }

    [Test]
    public void A_record_that_is_no_hash_is_not_the_checkpoints()
    {
        string hash = shared.CheckpointHash();
        Integrity(shared, hash, "abc")[0].Should().Match<Gate>(g => !g.Passed && g.Detail.EndsWith("on record abc"));
    }

    [Test]
    public void A_document_without_bos_is_found_wherever_it_is()
    {
        using Laboratory laboratory = SmallLaboratory.Open();
        string hash = laboratory.CheckpointHash();
        laboratory.Texts.Test(PaperLanguages.Get("zh"))[^1][0] = laboratory.Texts.Bos + 1;
        Failing(Integrity(laboratory, hash, hash)).Should().Equal("BOS first");
        Integrity(laboratory, hash, hash)[1].Detail.Should().Contain("Chinese");
    }

    [Test]
    public void A_weight_that_stays_changed_is_found()
    {
        using Laboratory laboratory = SmallLaboratory.Open();
        string hash = laboratory.CheckpointHash();
        laboratory.Under(Intervention.None, model => Change(model));
        Failing(Integrity(laboratory, hash, hash)).Should().Equal("weights restored");
        Integrity(laboratory, hash, hash)[2].Detail.Should().Contain("differ");
    }

    private static bool Change(LlamaModel model)
    {
        using Tensor doubled = model.Parameters[NormWeight] * 2;
        model.Parameters.Set(NormWeight, doubled);
        return true;
    }

    private static HandMadeWorld World(double nats, double increase) => new((condition, _) => nats + (condition == Condition.Base ? 0 : increase));

    private static IReadOnlyList<Gate> Integrity(Laboratory laboratory, string hash, string? recorded) => ExplosionGate.Integrity(laboratory, hash, recorded, SmallLaboratory.Texts);

    private static IEnumerable<string> Failing(IEnumerable<Gate> gates) => gates.Where(g => !g.Passed).Select(g => g.Name);
}
