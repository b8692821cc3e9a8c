using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Regions;

public sealed class ConcentrationTests
{
    private const double Tolerance = 1e-12;

    // Densities are float32.
    private const double DensityTolerance = 1e-7;

    private static Arbitrary<long[]> Counts { get; } = (
        from length in Gen.Choose(1, 12)
        from counts in Gen.Choose(0, 20).ArrayOf(length)
        where counts.Sum() > 0
        select counts.Select(c => (long)c).ToArray()).ToArbitrary();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    public void Equal_counts_have_a_gini_coefficient_of_0(int dimensions) =>
        Concentration.Gini([.. Enumerable.Repeat(5L, dimensions)]).Should().BeApproximately(0, Tolerance);

    [TestCase(1, 0)]
    [TestCase(2, 0.5)]
    [TestCase(10, 0.9)]
    public void One_holder_of_everything_among_n_has_n_less_1_over_n(int dimensions, double expected) =>
        Concentration.Gini([.. new long[dimensions - 1], 9]).Should().BeApproximately(expected, Tolerance);

    [Test]
    public void The_gini_coefficient_of_1_2_3_4_is_a_quarter() =>
        // Differences of all ordered pairs sum to 20; 20 / (2 · 4² · 2.5).
        Concentration.Gini([3, 1, 4, 2]).Should().BeApproximately(0.25, Tolerance);

    [Test]
    public void The_gini_coefficient_is_half_the_mean_difference_over_the_mean() => Counts.Hold(counts =>
    {
        double differences = counts.Sum(a => counts.Sum(b => Math.Abs(a - b)));
        double expected = differences / (2.0 * counts.Length * counts.Length * counts.Average());
        return Math.Abs(Concentration.Gini(counts) - expected) < Tolerance;
    });

    [TestCase(0.01, 0.4)]
    [TestCase(0.2, 0.4)]
    [TestCase(0.39, 0.4)]
    [TestCase(0.4, 0.7)]
    [TestCase(1, 1)]
    public void The_densest_share_is_what_the_fullest_dimensions_hold(double share, double expected) =>
        Concentration.DensestShare([1, 4, 0, 3, 2], share).Should().BeApproximately(expected, Tolerance);

    [Test]
    public void An_empty_region_is_not_concentrated()
    {
        Concentration.Gini([0, 0, 0]).Should().Be(0);
        Concentration.DensestShare([0, 0, 0], 0.5).Should().Be(0);
    }

    // Members at (0,0), (0,1) and (3,3). A corner has 4 neighbours with itself, an edge 6, an inner element 9.
    [Test]
    public void Density_counts_only_the_neighbours_that_exist()
    {
        double[][] density = Concentration.NeighbourhoodDensity(Part([4, 4], 0, 1, 15), side: 4);
        Compare(
            density,
            [2 / 4.0, 2 / 6.0, 1 / 6.0, 0],
            [2 / 6.0, 2 / 9.0, 1 / 9.0, 0],
            [0, 0, 1 / 9.0, 1 / 6.0],
            [0, 0, 1 / 6.0, 1 / 4.0]);
    }

    [Test]
    public void Density_of_a_larger_matrix_is_averaged_over_square_blocks() =>
        Compare(Concentration.NeighbourhoodDensity(Part([4, 4], 0, 1, 15), side: 2), [25 / 72.0, 5 / 72.0], [0, 25 / 144.0]);

    [TestCase(9, 2, 3)]
    [TestCase(2, 2, 2)]
    [TestCase(1, 1, 1)]
    public void No_side_of_a_figure_is_longer_than_asked_for_or_than_the_matrix(int side, int rows, int columns)
    {
        double[][] density = Concentration.NeighbourhoodDensity(Part([2, 3], 0), side);
        density.Should().HaveCount(rows).And.AllSatisfy(row => row.Should().HaveCount(columns));
    }

    [Test]
    public void A_full_matrix_has_density_1_everywhere() =>
        Concentration.NeighbourhoodDensity(Part([3, 5], [.. Enumerable.Range(0, 15).Select(i => (long)i)]), side: 5)
            .SelectMany(row => row).Should().HaveCount(15).And.AllSatisfy(d => d.Should().BeApproximately(1, DensityTolerance));

    private static void Compare(double[][] density, params double[][] expected)
    {
        density.Should().HaveSameCount(expected);
        for (int row = 0; row < expected.Length; row++)
            density[row].Should().Equal(expected[row], (a, b) => Math.Abs(a - b) < DensityTolerance, $"row {row}");
    }

    private static RegionPart Part(long[] shape, params long[] members)
    {
        Bitmask mask = new(shape[0] * shape[1]);
        foreach (long member in members)
            mask.Add(member);
        return new RegionPart(shape, mask);
    }
}
