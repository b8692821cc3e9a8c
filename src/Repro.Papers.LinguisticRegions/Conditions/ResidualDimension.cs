using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>
/// A dimension of the residual stream, named by how it is found: the paper names numbers (2100, 4743), which mean nothing in another model.
/// </summary>
/// <param name="Rank">Place among the dimensions by importance, 1 for the most important; 0 for a random one.</param>
/// <param name="Draw">Which random one.</param>
public readonly record struct ResidualDimension(int Rank, int Draw = 0)
{
    private const int MostImportant = 10;

    /// <summary>A dimension drawn at random from all but the ten most important.</summary>
    public static ResidualDimension Random(int draw) => new(0, draw);

    /// <summary>The region whose members are counted to rank dimensions, and that Figure 2 draws.</summary>
    public static RegionSpec RankedBy { get; } = new(RegionKind.Top, 0.05);

    /// <summary>Whether it is a random one.</summary>
    public bool IsRandom => Rank == 0;

    /// <inheritdoc/>
    public override string ToString() => IsRandom ? $"random {Draw}" : $"top {Rank}";

    /// <summary>
    /// Its index, ranked by how many members the Top 5 % core region has in its rows of Attn.o and FFN.down, which write the residual stream.
    /// </summary>
    public int InStream(RegionSelector regions)
    {
        Region top = regions.Get(RankedBy);
        long[] counts = new long[regions.Config.HiddenSize];
        foreach (long[] rows in regions.Layout.Names(WeightRole.AttentionOutput, WeightRole.Down).Select(name => Dimensions.Counts(top.Parts[name], MatrixAxis.Row)))
        {
            for (int i = 0; i < counts.Length; i++)
                counts[i] += rows[i];
        }

        return Pick([.. Dimensions.Choose(counts, DimensionKind.Top, counts.Length)], regions.Profile.Seed);
    }

    /// <summary>Its index, ranked by the core importance of the weights of a block's input norm.</summary>
    public int InInputNorm(int layer, RegionSelector regions)
    {
        double[] scores = regions.CoreScores(regions.Layout.Name(WeightRole.InputNorm, layer));
        return Pick([.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i)], regions.Profile.Seed);
    }

    private int Pick(int[] ranked, ulong seed)
    {
        if (!IsRandom)
            return ranked[Rank - 1];
        int[] others = ranked[MostImportant..];
        new SplitMix(SplitMix.Derive(seed, "random dimensions")).Shuffle<int>(others);
        return others[Draw];
    }
}
