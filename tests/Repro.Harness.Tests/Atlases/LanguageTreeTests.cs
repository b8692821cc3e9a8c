using Repro.Harness.Atlases;

namespace Repro.Harness.Tests.Atlases;

/// <summary>Average linkage on distances made by hand.</summary>
public sealed class LanguageTreeTests
{
    // a and b are 1 apart, c and d 2; every other two languages are 4, 5, 6 or 9 apart.
    private static readonly double[,] Distances = { { 0, 1, 4, 5 }, { 1, 0, 6, 9 }, { 4, 6, 0, 2 }, { 5, 9, 2, 0 } };

    [Test]
    public void The_nearest_are_joined_first_and_subtrees_at_their_mean_distance()
    {
        LanguageTree tree = LanguageTree.Of(["a", "b", "c", "d"], Distances);
        tree.Distance.Should().Be(6);
        (tree.First!.Distance, tree.Second!.Distance).Should().Be((1, 2));
        tree.Leaves().Should().Equal("a", "b", "c", "d");
    }

    [Test]
    public void One_language_is_a_leaf() => LanguageTree.Of(["a"], new double[,] { { 0 } }).Leaves().Should().Equal("a");

    [Test]
    public void No_language_is_refused() =>
        FluentActions.Invoking(() => LanguageTree.Of([], new double[0, 0])).Should().Throw<ArgumentException>();

    [TestCase(new[] { 1.0, 0 }, new[] { 2.0, 0 }, 0)]
    [TestCase(new[] { 1.0, 0 }, new[] { 0, 3.0 }, 1)]
    [TestCase(new[] { 3.0, 4 }, new[] { 4.0, 3 }, 0.04)]
    [TestCase(new[] { 1.0, -5 }, new[] { 1.0, 0 }, 0, TestName = "What helps counts as nothing")]
    [TestCase(new[] { -1.0, 0 }, new[] { 1.0, 0 }, 1, TestName = "A language that nothing hurts is like no other")]
    public void Languages_are_near_that_the_same_regions_hurt(double[] first, double[] second, double distance) =>
        LanguageTree.DistanceOf(first, second).Should().BeApproximately(distance, 1e-12);
}
