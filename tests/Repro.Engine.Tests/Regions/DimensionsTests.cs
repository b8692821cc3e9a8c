using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Regions;

public sealed class DimensionsTests
{
    // Counts 4, 4, 1, 0, 4, 2, so that three are tied for the first place.
    private static readonly long[] Tied = [4, 4, 1, 0, 4, 2];

    private static Arbitrary<(int Rows, int Columns, int Count, ulong Seed)> Choices { get; } = (
        from rows in Gen.Choose(1, 9)
        from columns in Gen.Choose(1, 9)
        from count in Gen.Choose(0, rows)
        from seed in Gen.Choose(0, 1_000_000)
        select (rows, columns, count, (ulong)seed)).ToArbitrary();

    private static IEnumerable<DimensionKind> Kinds => Enum.GetValues<DimensionKind>();

    [Test]
    public void Members_are_counted_per_row_and_per_column()
    {
        RegionPart part = Part([3, 4], 0, 1, 3, 5, 9, 11);
        Dimensions.Counts(part, MatrixAxis.Row).Should().Equal(3, 1, 2);
        Dimensions.Counts(part, MatrixAxis.Column).Should().Equal(1, 3, 0, 2);
    }

    [Test]
    public void Values_are_summed_per_row_and_per_column()
    {
        double[] values = [1, 2, 3, 10, 20, 30];
        Dimensions.Sums(values, [2, 3], MatrixAxis.Row).Should().Equal(6, 60);
        Dimensions.Sums(values, [2, 3], MatrixAxis.Column).Should().Equal(11, 22, 33);
        Dimensions.Choose(Dimensions.Sums(values, [2, 3], MatrixAxis.Column), DimensionKind.Top, 2).Should().Equal(2, 1);
    }

    [TestCase(1L)]
    [TestCase(2L, 2L, 2L)]
    public void A_tensor_that_is_no_matrix_has_no_dimensions_to_count(params long[] shape) =>
        FluentActions.Invoking(() => Dimensions.Counts(new RegionPart(shape, new Bitmask(8)), MatrixAxis.Row)).Should().Throw<ArgumentException>();

    [TestCase(DimensionKind.Top, 1, 0)]
    [TestCase(DimensionKind.Top, 3, 0, 1, 4)]
    [TestCase(DimensionKind.Top, 4, 0, 1, 4, 5)]
    [TestCase(DimensionKind.Middle, 2, 4, 5)]
    [TestCase(DimensionKind.Middle, 1, 4)]
    [TestCase(DimensionKind.Middle, 4, 1, 4, 5, 2)]
    [TestCase(DimensionKind.Bottom, 1, 3)]
    [TestCase(DimensionKind.Bottom, 2, 2, 3)]
    public void The_order_is_by_count_and_then_by_index(DimensionKind kind, int count, params int[] expected) =>
        Dimensions.Choose(Tied, kind, count).Should().Equal(expected);

    [Test]
    public void Equal_counts_are_chosen_by_index() => Dimensions.Choose([7, 7, 7, 7, 7], DimensionKind.Top, 2).Should().Equal(0, 1);

    [Test]
    public void Random_dimensions_follow_their_seed_alone()
    {
        long[] counts = new long[100];
        long[] others = [.. Enumerable.Range(0, 100).Select(i => (long)i)];
        Dimensions.Choose(counts, DimensionKind.Random, 5, seed: 3).Should()
            .Equal(Dimensions.Choose(others, DimensionKind.Random, 5, seed: 3)).And
            .NotEqual(Dimensions.Choose(counts, DimensionKind.Random, 5, seed: 4));
    }

    [Test]
    public void More_random_dimensions_of_one_seed_contain_the_fewer() =>
        Dimensions.Choose(Tied, DimensionKind.Random, 5, seed: 8).Take(3).Should().Equal(Dimensions.Choose(Tied, DimensionKind.Random, 3, seed: 8));

    [TestCaseSource(nameof(Kinds))]
    public void More_dimensions_than_there_are_is_refused(DimensionKind kind) =>
        FluentActions.Invoking(() => Dimensions.Choose(Tied, kind, 7)).Should().Throw<ArgumentOutOfRangeException>();

    [TestCaseSource(nameof(Kinds))]
    public void All_dimensions_can_be_chosen(DimensionKind kind) => Dimensions.Choose(Tied, kind, 6).Should().BeEquivalentTo([0, 1, 2, 3, 4, 5]);

    [TestCaseSource(nameof(Kinds))]
    public void Chosen_dimensions_are_distinct_and_as_many_as_asked_for(DimensionKind kind) => Choices.Hold(c =>
    {
        IReadOnlyList<int> chosen = Dimensions.Choose(new long[c.Rows], kind, c.Count, c.Seed);
        return chosen.Count == c.Count && chosen.Distinct().Count() == c.Count && chosen.All(i => i >= 0 && i < c.Rows);
    });

    [Test]
    public void Whole_rows_and_columns_are_their_elements()
    {
        Dimensions.Whole([3, 4], MatrixAxis.Row, [2, 0]).Mask.Members().Should().Equal(0, 1, 2, 3, 8, 9, 10, 11);
        Dimensions.Whole([3, 4], MatrixAxis.Column, [2, 0]).Mask.Members().Should().Equal(0, 2, 4, 6, 8, 10);
    }

    [Test]
    public void Whole_rows_have_as_many_members_as_rows_times_columns() => Choices.Hold(c =>
    {
        IReadOnlyList<int> rows = Dimensions.Choose(new long[c.Rows], DimensionKind.Random, c.Count, c.Seed);
        RegionPart part = Dimensions.Whole([c.Rows, c.Columns], MatrixAxis.Row, rows);
        long[] counts = Dimensions.Counts(part, MatrixAxis.Row);
        return part.Mask.Count == c.Count * c.Columns && counts.Index().All(r => r.Item == (rows.Contains(r.Index) ? c.Columns : 0));
    });

    [Test]
    public void Whole_columns_of_a_matrix_are_whole_rows_of_its_transpose() => Choices.Hold(c =>
    {
        IReadOnlyList<int> chosen = Dimensions.Choose(new long[c.Rows], DimensionKind.Random, c.Count, c.Seed);
        RegionPart columns = Dimensions.Whole([c.Columns, c.Rows], MatrixAxis.Column, chosen);
        RegionPart rows = Dimensions.Whole([c.Rows, c.Columns], MatrixAxis.Row, chosen);
        return columns.Mask.Members().Select(i => ((i % c.Rows) * c.Columns) + (i / c.Rows)).Order().SequenceEqual(rows.Mask.Members());
    });

    private static RegionPart Part(long[] shape, params long[] members)
    {
        Bitmask mask = new(shape[0] * shape[1]);
        foreach (long member in members)
            mask.Add(member);
        return new RegionPart(shape, mask);
    }
}
