using Repro.Engine.Seeds;

namespace Repro.Engine.Regions;

/// <summary>Which dimensions of a matrix are chosen, by how many members of a region they hold (Section 3.3).</summary>
public enum DimensionKind
{
    /// <summary>The dimensions with the most members.</summary>
    Top,

    /// <summary>Those around the median.</summary>
    Middle,

    /// <summary>Those with the fewest.</summary>
    Bottom,

    /// <summary>Dimensions drawn without replacement.</summary>
    Random,
}

/// <summary>Rows and columns of matrices as regions. Dimensions with equal counts go by their index, the lower first.</summary>
public static class Dimensions
{
    /// <summary>Members of a region in each row or column of a matrix.</summary>
    /// <param name="part">A matrix's part of a region.</param>
    /// <param name="axis">What is counted over.</param>
    /// <exception cref="ArgumentException">The tensor is not a matrix.</exception>
    public static long[] Counts(RegionPart part, MatrixAxis axis)
    {
        if (part.Shape.Length != 2)
            throw new ArgumentException("Only a matrix has rows and columns.", nameof(part));
        long[] counts = new long[part.Shape[axis == MatrixAxis.Row ? 0 : 1]];
        foreach (long index in part.Mask.Members())
            counts[axis == MatrixAxis.Row ? index / part.Shape[1] : index % part.Shape[1]]++;
        return counts;
    }

    /// <summary>The sum of a matrix's values in each of its rows or columns.</summary>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">The matrix's sizes.</param>
    /// <param name="axis">What is summed over.</param>
    public static double[] Sums(double[] values, long[] shape, MatrixAxis axis)
    {
        double[] sums = new double[shape[axis == MatrixAxis.Row ? 0 : 1]];
        for (long i = 0; i < values.Length; i++)
            sums[axis == MatrixAxis.Row ? i / shape[1] : i % shape[1]] += values[i];
        return sums;
    }

    /// <summary>Chooses dimensions by their counts.</summary>
    /// <inheritdoc cref="Choose(double[], DimensionKind, int, ulong)"/>
    public static IReadOnlyList<int> Choose(long[] counts, DimensionKind kind, int count, ulong seed = 0) => Choose([.. counts.Select(c => (double)c)], kind, count, seed);

    /// <summary>Chooses dimensions by their scores.</summary>
    /// <param name="counts">Members per dimension, or another score of it.</param>
    /// <param name="kind">Which are chosen.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of a random choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer dimensions.</exception>
    public static IReadOnlyList<int> Choose(double[] counts, DimensionKind kind, int count, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, counts.Length);
        int[] order = [.. Enumerable.Range(0, counts.Length)];
        if (kind == DimensionKind.Random)
            new SplitMix(seed).Shuffle<int>(order);
        else
            order = [.. order.OrderByDescending(i => counts[i]).ThenBy(i => i)];
        int start = kind switch
        {
            DimensionKind.Middle => (counts.Length - count) / 2,
            DimensionKind.Bottom => counts.Length - count,
            _ => 0,
        };
        return order[start..(start + count)];
    }

    /// <summary>The part of a region that is whole rows or columns of a matrix.</summary>
    /// <param name="shape">The matrix's sizes.</param>
    /// <param name="axis">Rows or columns.</param>
    /// <param name="dimensions">Their indices.</param>
    public static RegionPart Whole(long[] shape, MatrixAxis axis, IEnumerable<int> dimensions)
    {
        Bitmask mask = new(shape[0] * shape[1]);
        foreach (int dimension in dimensions)
        {
            for (long other = 0; other < shape[axis == MatrixAxis.Row ? 1 : 0]; other++)
                mask.Add(axis == MatrixAxis.Row ? (dimension * shape[1]) + other : (other * shape[1]) + dimension);
        }

        return new RegionPart(shape, mask);
    }
}
