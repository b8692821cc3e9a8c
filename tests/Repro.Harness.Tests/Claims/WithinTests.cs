using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;
using static Repro.Harness.Claims.Measures;

namespace Repro.Harness.Tests.Claims;

/// <summary>Statistics and claims on some of their texts.</summary>
public sealed class WithinTests
{
    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.05);
    private static readonly Statistic A = Increase(Top, HandMadeProfile.First);
    private static readonly Statistic B = Increase(Top, HandMadeProfile.Second);
    private static readonly Statistic C = Increase(Top, HandMadeProfile.Third);

    private static IEnumerable<TestCaseData> Expressions() =>
    [
        new(B, B),
        new(A, null),
        new(LogPerplexity(Top, HandMadeProfile.First), null),
        new(ShareLost(Top, HandMadeProfile.First), null),
        new(ExcessOverUniform(Top, HandMadeProfile.First), null),
        new(B - C, B - C),
        new(A - C, null),
        new(B + A, null),
        new(2 * A, null),
        new(B / 3, B / 3),
        new(Mean([A, B, C]), Mean([B, C])),
        new(Max([A, B]), Max([B])),
        new(Median([A, A]), null),
        new(B - Max([A, C]), B - Max([C])),
        new(0.5 * Mean([A, C]), 0.5 * Mean([C])),
        new(PerDocument(Mean([A, B]), HandMadeProfile.Second), PerDocument(Mean([B]), HandMadeProfile.Second)),
        new(PerDocument(B, HandMadeProfile.First), null),
        new(MeanOfGroups("family", [("x", A), ("y", B), ("z", C)]), MeanOfGroups("family", [("y", B), ("z", C)])),
        new(MeanOfGroups("family", [("x", A), ("y", B), ("y", C)]), null),
        new(Quantity("known"), Quantity("known")),
        new(Quantity("unknown") - B, null),
    ];

    [TestCaseSource(nameof(Expressions))]
    public void Without_a_text_its_parts_of_means_are_gone_and_what_needs_it_is_nothing(Statistic statistic, Statistic? left) =>
        statistic.Within(new AllBut(HandMadeProfile.First)).Should().Be(left);

    [Test]
    public void A_claim_says_on_how_many_texts_it_is()
    {
        Claim claim = Make(new ClaimRow("A", A), new ClaimRow("B", B), new ClaimRow("C", C - A));
        Claim left = claim.Within(new AllBut(HandMadeProfile.First))!;
        left.Rows.Select(r => r.Label).Should().Equal("B");
        left.Sentence.Should().Be("It hurts (on 1 of 3 texts)");
        claim.Within(new AllBut(new TestText("zz", "Other")))!.Should().BeEquivalentTo(claim);
    }

    [Test]
    public void Nothing_is_left_of_a_claim_without_rows_or_without_its_gate()
    {
        Make(new ClaimRow("A", A)).Within(new AllBut(HandMadeProfile.First)).Should().BeNull();
        Claim gated = Make(new ClaimRow("B", B)) with { Gate = [new GateCondition("Bottom", new RegionRemoval(RegionKind.Bottom, 0.05), 0.03)] };
        gated.Within(new AllBut(HandMadeProfile.First)).Should().NotBeNull();
        gated.Within(new AllBut(HandMadeProfile.First, RegionKind.Bottom)).Should().BeNull();
    }

    private static Claim Make(params ClaimRow[] rows) => new() { Id = "made-up", Sentence = "It hurts", Bound = Bound.Above(0), Rationale = "Made up.", Rows = rows };

    private sealed class AllBut(TestText lacking, RegionKind? unselected = null) : IMeasured
    {
        public bool Has(Condition condition, TestText text) => text != lacking && (condition is not RegionRemoval removal || removal.Region.Kind != unselected);

        public bool HasQuantity(string id) => id == "known";
    }
}
