using Repro.Harness.Atlases;

namespace Repro.Harness.Tests.Atlases;

/// <summary>The comparison of distances within and between groups.</summary>
public sealed class GroupDistanceTests
{
    [Test]
    public void Means_are_over_pairs_and_the_largest_difference_is_rare_by_chance()
    {
        // Four languages of one group and four of another: of the 35 ways to cut eight in halves one is this.
        double[,] distances = Make(8, (i, j) => i / 4 == j / 4 ? 1 : 3);
        GroupDistance found = GroupDistance.Of("family", [.. "aaaabbbb".Select(c => c.ToString())], distances, seed: 1)!;
        (found.Within, found.Between).Should().Be((1, 3));
        found.ByChance.Should().BeApproximately(1 / 35.0, 0.006);
    }

    [Test]
    public void Labels_that_say_nothing_are_as_good_as_any()
    {
        GroupDistance found = GroupDistance.Of("family", [.. "aabbccdd".Select(c => c.ToString())], Make(8, (_, _) => 2), seed: 1)!;
        found.ByChance.Should().Be(1);
    }

    [Test]
    public void Languages_without_a_group_are_left_out()
    {
        double[,] distances = Make(5, (i, j) => i == 4 || j == 4 ? 100 : i / 2 == j / 2 ? 1 : 3);
        GroupDistance found = GroupDistance.Of("script", ["a", "a", "b", "b", null], distances, seed: 1)!;
        (found.Within, found.Between).Should().Be((1, 3));
    }

    [TestCase("abc")]
    [TestCase("aaa")]
    public void Groups_that_none_or_all_share_compare_nothing(string labels) =>
        GroupDistance.Of("script", [.. labels.Select(c => c.ToString())], Make(3, (_, _) => 1), seed: 1).Should().BeNull();

    private static double[,] Make(int count, Func<int, int, double> distance)
    {
        double[,] distances = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
                distances[i, j] = i == j ? 0 : distance(i, j);
        }

        return distances;
    }
}
