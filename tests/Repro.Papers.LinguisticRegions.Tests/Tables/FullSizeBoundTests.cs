using Repro.Harness.Claims;
using Repro.Paper.Experiments.Conditions;
using Repro.Harness.Profiles;

namespace Repro.Paper.Tests.Claims;

/// <summary>The bounds of the paper's own models come from the paper's numbers.</summary>
public sealed class FullSizeBoundTests
{
    private static IEnumerable<Profile> FullSizes => PaperProfiles.FullSizes;

    [TestCase(0, double.PositiveInfinity, 8, 4)]
    [TestCase(0.03, double.PositiveInfinity, 1.03, 0.53)]
    [TestCase(0, double.PositiveInfinity, -1, 0)]
    [TestCase(0, double.PositiveInfinity, double.NaN, 0)]
    public void A_lower_bound_moves_half_way_towards_the_papers_number(double low, double high, double paper, double moved) =>
        new Bound(low, high).Towards(paper, 0.5).Low.Should().BeApproximately(moved, 1e-12);

    [Test]
    public void An_upper_bound_moves_down_and_a_bound_of_no_effect_stays()
    {
        Bound.Below(1).Towards(0, 0.5).High.Should().Be(0.5);
        Bound.Below(1).Towards(-1, 0.25).High.Should().Be(0.5);
        Bound.Below(1).Towards(2, 0.5).Should().Be(Bound.Below(1));
        Bound.Within(0.03).Towards(0.001, 0.5).Should().Be(Bound.Within(0.03));
    }

    [TestCaseSource(nameof(FullSizes))]
    public void The_papers_own_numbers_meet_a_bound_of_their_own_wherever_they_meet_the_general_one(Profile profile)
    {
        PublishedWorld paper = new(Project.Published, profile);
        Judge judge = new(paper, null!, profile.ShareOfPaper);
        int tightened = 0;
        foreach (Claim claim in PaperClaims.All(profile))
        {
            foreach (ClaimRow row in claim.Rows)
            {
                double number = row.Statistic(paper);
                Bound own = judge.BoundOf(claim, row);
                (number > own.Low && number < own.High).Should().Be(number > claim.Bound.Low && number < claim.Bound.High, $"{claim.Id}, {row.Label}");
                if (own != claim.Bound)
                {
                    tightened++;
                    claim.Kind.Should().Be(ClaimKind.Effect);
                }
            }
        }

        tightened.Should().BeGreaterThan(60, "the paper prints most effects");
    }

    [Test]
    public void The_13b_profile_has_the_numbers_of_13b_and_none_that_are_7bs_alone()
    {
        PublishedWorld larger = new(Project.Published, PaperProfiles.Llama2Of13B);
        PublishedWorld smaller = new(Project.Published, PaperProfiles.Llama2Of7B);
        RegionRemoval top = new(RegionKind.Top, 0.03);
        larger.Nats(top, "en").Should().NotBe(smaller.Nats(top, "en"));
        double.IsNaN(larger.Nats(top with { Ratio = 0.01, Language = "ru" }, "ru")).Should().BeTrue("Table 5 is of 7B");
        NormWeightEdited edit = new(1, new ResidualDimension(1), WeightEdit.Reset);
        double.IsNaN(smaller.Nats(edit, "zh")).Should().BeTrue("Table 4 is of 13B");
        Math.Exp(larger.Nats(edit, "zh")).Should().BeApproximately(83224.078, 1e-3);
    }

    [Test]
    public void The_tiny_profiles_bounds_are_the_general_ones()
    {
        Judge judge = new(new PublishedWorld(Project.Published, PaperProfiles.Tiny), null!, PaperProfiles.Tiny.ShareOfPaper);
        PaperClaims.All(PaperProfiles.Tiny).Should().OnlyContain(claim => claim.Rows.All(row => judge.BoundOf(claim, row) == claim.Bound));
    }
}
