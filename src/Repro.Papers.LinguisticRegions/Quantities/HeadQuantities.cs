using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>
/// Appendix D: how much more unevenly the Top 5 % region is spread over attention heads than with the heads' dimensions in random order. A quantity's draws are
/// against one order each, so that its interval is that of chance.
/// </summary>
internal static class HeadQuantities
{
    /// <summary>The matrices that have heads.</summary>
    public static IReadOnlyList<WeightRole> Matrices { get; } = [WeightRole.Query, WeightRole.Key, WeightRole.Value, WeightRole.AttentionOutput];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        .. Matrices.Select(matrix => new Quantity(Gini(matrix), "Gini coefficient of members per head, less that with the heads' dimensions shuffled", 0.02, (session, _) => Measure(session, matrix))
        {
            Regions = [ResidualDimension.RankedBy],
        }),
    ];

    /// <summary>Key of the Gini excess of a matrix.</summary>
    public static string Gini(WeightRole matrix) => $"gini {WeightTypes.PaperName(matrix)} heads";

    /// <summary>Mean over blocks of the Gini coefficient of members per head, less that of each random order.</summary>
    /// <param name="blocks">Of each block, members per dimension of the heads, head by head.</param>
    /// <param name="headSize">Dimensions of a head.</param>
    /// <param name="seed">Seed of the orders.</param>
    internal static Resampled Excess(IReadOnlyList<long[]> blocks, int headSize, ulong seed) => AgainstChance.Excess(
        MeanGini(blocks, headSize), AgainstChance.All(draw => MeanGini(Shuffled(blocks, SplitMix.Derive(seed, $"order {draw}")), headSize)));

    // A head's dimensions are stored rows of q, k and v and stored columns of o.
    private static Resampled Measure(ModelSession session, WeightRole matrix)
    {
        Region top = session.Regions.Get(ResidualDimension.RankedBy);
        MatrixAxis axis = matrix == WeightRole.AttentionOutput ? MatrixAxis.Column : MatrixAxis.Row;
        long[][] blocks = [.. session.Regions.Layout.Names(matrix).Select(name => Dimensions.Counts(top.Parts[name], axis))];
        return Excess(blocks, session.Config.HeadSize, SplitMix.Derive(session.Profile.Seed, Gini(matrix)));
    }

    private static double MeanGini(IEnumerable<long[]> blocks, int headSize) => blocks.Average(counts => Concentration.Gini([.. counts.Chunk(headSize).Select(head => head.Sum())]));

    private static long[][] Shuffled(IReadOnlyList<long[]> blocks, ulong seed)
    {
        SplitMix random = new(seed);
        long[][] shuffled = [.. blocks.Select(counts => counts.ToArray())];
        foreach (long[] counts in shuffled)
            random.Shuffle<long>(counts);
        return shuffled;
    }
}
