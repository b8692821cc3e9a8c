using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

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
        ClaimEvaluator evaluator = new(null!, profile.ShareOfPaper);
        int tightened = 0;
        foreach ((Claim claim, string label, double number) in Printed(profile))
        {
            Bound own = evaluator.BoundOf(claim, number);
            (number > own.Low && number < own.High).Should().Be(number > claim.Bound.Low && number < claim.Bound.High, $"{claim.Id}, {label}");
            if (own != claim.Bound)
            {
                tightened++;
                claim.Kind.Should().Be(ClaimKind.Effect);
            }
        }

        tightened.Should().BeGreaterThan(60, "the paper prints most effects");
    }

    [Test]
    public void The_13b_profile_has_the_numbers_of_13b_and_none_that_are_7bs_alone()
    {
        RegionRemoval top = new(RegionKind.Top, 0.03);
        Nats(PaperProfiles.Llama2Of13B, "table-01", top, "en").Should().NotBe(Nats(PaperProfiles.Llama2Of7B, "table-01", top, "en"));
        RegionRemoval russian = new(RegionKind.Top, 0.01, own: "ru");
        Nats(PaperProfiles.Llama2Of7B, "table-05", russian, "ru").Should().BePositive();
        Nats(PaperProfiles.Llama2Of13B, "table-05", russian, "ru").Should().Be(double.NaN, "Table 5 is of 7B");
        NormWeightEdited edit = new(1, new ResidualDimension(1), NormWeightChange.Reset);
        Nats(PaperProfiles.Llama2Of7B, "table-04", edit, "zh").Should().Be(double.NaN, "Table 4 is of 13B");
        Math.Exp(Nats(PaperProfiles.Llama2Of13B, "table-04", edit, "zh")).Should().BeApproximately(83224.078, 1e-3);
    }

    [Test]
    public void The_tiny_profiles_bounds_are_the_general_ones()
    {
        ClaimEvaluator evaluator = new(null!, PaperProfiles.Tiny.ShareOfPaper);
        Printed(PaperProfiles.Tiny).Should().OnlyContain(row => evaluator.BoundOf(row.Claim, row.Number) == row.Claim.Bound);
    }

    private static IEnumerable<(Claim Claim, string Label, double Number)> Printed(Profile profile) =>
        from table in Tested.Paper.Tables(profile)
        from claim in table.Claims
        from row in claim.Rows
        select (claim, row.Label, row.Statistic.Evaluate(table.Published).Single());

    private static double Nats(Profile profile, string table, Condition condition, string text) =>
        Tested.Paper.Tables(profile).Single(t => t.Id == table).Published.LogPerplexity(condition, PaperLanguages.Get(text)).Single();
}
