using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Profiles;
using Repro.Papers.LinguisticRegions.Quantities;

namespace Repro.Papers.LinguisticRegions.Tests.Quantities;

public sealed class CoverageQuantityTests
{
    private static readonly Profile Small = PaperProfiles.Tiny with { SmallSample = 1, LargeSample = 4 };

    [Test]
    public void Members_that_two_rows_of_one_head_hold_are_together_in_one_order_of_three()
    {
        // Heads of two rows: all 8 members in the first head are a Gini coefficient of 1/2, 4 in each are 0; two of four rows are one head's in a third of all orders.
        Resampled excess = HeadQuantities.Excess([[4, 4, 0, 0]], headSize: 2, seed: 1);
        excess.Draws.Should().HaveCount(600).And.OnlyContain(d => d == 0 || d == 0.5);
        excess.Value.Should().BeApproximately(1 / 3.0, 0.06);
    }

    [Test]
    public void Rows_without_heads_show_no_concentration_in_heads()
    {
        HeadQuantities.Excess([[3, 3, 3, 3], [5, 5, 5, 5]], headSize: 2, seed: 1).Draws.Should().OnlyContain(d => d == 0);
        HeadQuantities.Excess([[9, 1, 0, 0]], headSize: 1, seed: 1).Draws.Should().OnlyContain(d => Math.Abs(d) < 1e-12, "an order of heads of one row changes nothing");
    }

    [Test]
    public void Halves_are_held_against_the_nearest_other_language()
    {
        // Over both tensors 4 of 6 shared with the own other half; 1 of 6 and 1 of 8 with two languages'.
        Resampled beyond = LanguageOverlapQuantities.Beyond([new(1, 2), new(3, 4)], [[new(1, 4), new(0, 2)], [new(0, 4), new(1, 4)]], seed: 1);
        beyond.Value.Should().BeApproximately(0.5, 1e-12);

        // Twice the second tensor: 3/4 - 1/4; twice the first: 1/2 - 1/4.
        beyond.Draws.Distinct().Should().BeEquivalentTo([0.5, 0.25]);
    }

    [Test]
    public void Overlaps_are_those_of_the_languages_own_top_regions()
    {
        // Random weights: what is counted is tried, not what is found.
        using ModelSession session = new(RunConfiguration.Of(Small, Project.Folder) with { Weights = MeasuredWeights.Random });
        (Language first, Language second) = LanguageOverlapQuantities.Pairs[0];
        Measured(LanguageOverlapQuantities.Shared(first, second)).Should().BeApproximately(Top(first, SamplePart.Large).Jaccard(Top(second, SamplePart.Large)), 1e-12);

        Region half = Top(first, SamplePart.FirstHalf);
        double[] others = [.. PaperLanguages.Region.Where(l => l != first).Select(l => half.Jaccard(Top(l, SamplePart.SecondHalf)))];
        Measured(LanguageOverlapQuantities.OwnBeyondOthers(first)).Should().BeApproximately(half.Jaccard(Top(first, SamplePart.SecondHalf)) - others.Max(), 1e-12);

        double Measured(string id) => LanguageOverlapQuantities.All.Single(q => q.Id == id).Measure(session, RunContext.None).Value;

        Region Top(Language language, SamplePart samples)
        {
            using ImportanceMap map = session.Regions.Importance(language, samples);
            return RegionSelection.Top(map, 0.01, Small.Norms);
        }
    }
}
