using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Regions;

/// <summary>How a region is spread over a matrix (Section 3.3, Figure 2).</summary>
public static class Concentration
{
    /// <summary>The Gini coefficient of counts: 0 where all are equal, towards 1 where few hold everything.</summary>
    /// <param name="counts">Members per row or column.</param>
    public static double Gini(IReadOnlyList<long> counts)
    {
        double total = counts.Sum();
        if (total == 0)
            return 0;
        double weighted = counts.Order().Select((value, i) => (i + 1.0) * value).Sum();
        return (((2 * weighted) / total) - (counts.Count + 1)) / counts.Count;
    }

    /// <summary>The share of all members that the densest dimensions hold.</summary>
    /// <param name="counts">Members per row or column.</param>
    /// <param name="share">Share of the dimensions, 0.01 say; at least one dimension is taken.</param>
    public static double DensestShare(IReadOnlyList<long> counts, double share)
    {
        double total = counts.Sum();
        int taken = Math.Max(1, (int)(share * counts.Count));
        return total == 0 ? 0 : counts.OrderDescending().Take(taken).Sum() / total;
    }

    /// <summary>
    /// For every element the share of its 3 × 3 neighbourhood that is in the region, averaged over square blocks so that a large matrix fits a figure.
    /// </summary>
    /// <param name="part">A matrix's part of a region.</param>
    /// <param name="side">Most rows and columns of the result.</param>
    /// <returns>Densities from 0 to 1, row by row.</returns>
    public static double[][] NeighbourhoodDensity(RegionPart part, int side)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor flags = RegionFile.ToTensor(part).to(ScalarType.Float32).view(1, 1, part.Shape[0], part.Shape[1]);

        // At the border only the neighbours that exist count.
        Tensor density = nn.functional.avg_pool2d(flags, 3, 1, 1, count_include_pad: false);
        Tensor small = nn.functional.adaptive_avg_pool2d(density, [Math.Min(side, part.Shape[0]), Math.Min(side, part.Shape[1])])[0, 0];
        float[] values = [.. small.flatten().data<float>()];
        int columns = (int)small.shape[1];
        return [.. values.Chunk(columns).Select(row => row.Select(v => (double)v).ToArray())];
    }
}
