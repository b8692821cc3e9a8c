using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>
/// A dimension of the residual stream, named by how it is found; on LLaMA-2-13B, whose dimensions the paper names, by its number there.
/// </summary>
/// <param name="Rank">Place among the dimensions by importance, 1 for the most important; 0 for a random one.</param>
/// <param name="Draw">Which random one.</param>
public readonly record struct ResidualDimension(int Rank, int Draw = 0)
{
    private const int MostImportant = 10;

    // Matrices whose stored rows write the residual stream, and those whose stored columns read it.
    private static readonly WeightRole[] Writing = [WeightRole.AttentionOutput, WeightRole.Down];
    private static readonly WeightRole[] Reading = [WeightRole.Query, WeightRole.Key, WeightRole.Value];

    /// <summary>A dimension drawn at random from all but the ten most important.</summary>
    public static ResidualDimension Random(int draw) => new(0, draw);

    /// <summary>The region whose members are counted to rank dimensions, and that Figure 2 draws.</summary>
    public static RegionSpec RankedBy { get; } = new(RegionKind.Top, 0.05);

    /// <summary>
    /// The two dimensions that stand out in the paper's models: Section 3.3 names those of LLaMA-2-13B, and Sun et al. (2024, massive activations) both models'.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<int>> Outstanding { get; } = new Dictionary<string, IReadOnlyList<int>>
    {
        [PublishedNumbers.Smaller] = [1415, 2533],
        [PublishedNumbers.Larger] = [2100, 4743],
    };

    /// <summary>Whether it is a random one.</summary>
    public bool IsRandom => Rank == 0;

    /// <inheritdoc/>
    public override string ToString() => IsRandom ? $"random {Draw}" : $"top {Rank}";

    /// <summary>Its index: the paper's own number on LLaMA-2-13B (2100, 4743; at random 2800, 4200), otherwise by its place in <see cref="Ranked"/>.</summary>
    public int InStream(RegionSelector regions) => Named(regions.Profile) ?? Pick(Ranked(regions), regions.Profile.Seed);

    /// <summary>
    /// All dimensions by how many members the Top 5 % core region has in the rows of Attn.o and FFN.down, which write the residual stream, and in the columns of
    /// Attn.q, k and v, which read it.
    /// </summary>
    public static int[] Ranked(RegionSelector regions)
    {
        Region top = regions.Get(RankedBy);
        IEnumerable<(WeightRole Matrix, MatrixAxis Axis)> matrices = [.. Writing.Select(m => (m, MatrixAxis.Row)), .. Reading.Select(m => (m, MatrixAxis.Column))];
        long[] counts = new long[regions.Config.HiddenSize];
        foreach ((WeightRole matrix, MatrixAxis axis) in matrices)
        {
            foreach (long[] members in regions.Layout.Names(matrix).Select(name => Dimensions.Counts(top.Parts[name], axis)))
            {
                for (int i = 0; i < counts.Length; i++)
                    counts[i] += members[i];
            }
        }

        return [.. Dimensions.Choose(counts, DimensionKind.Top, counts.Length)];
    }

    /// <summary>The index of the norm weight that is changed.</summary>
    /// <param name="layer">The block from 0.</param>
    /// <param name="regions">Importance and regions of the checkpoint.</param>
    public int InInputNorm(int layer, RegionSelector regions) =>
        regions.Profile.Readings.Of(PaperReadings.NormWeight) == NormWeightReading.OfDimension ? InStream(regions) : ByOwnImportance(layer, regions);

    /// <summary>Its index, ranked by the core importance of the weights of a block's input norm.</summary>
    public int ByOwnImportance(int layer, RegionSelector regions)
    {
        double[] scores = regions.CoreScores(regions.Layout.Name(WeightRole.InputNorm, layer));
        return Pick([.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i)], regions.Profile.Seed);
    }

    private int? Named(Profile profile) => (profile.PublishedModel == PublishedNumbers.Larger, Rank, Draw) switch
    {
        (true, 1 or 2, _) => Outstanding[PublishedNumbers.Larger][Rank - 1],
        (true, 0, 0) => 2800,
        (true, 0, 1) => 4200,
        _ => null,
    };

    private int Pick(int[] ranked, ulong seed)
    {
        if (!IsRandom)
            return ranked[Rank - 1];
        int[] others = ranked[MostImportant..];
        new SplitMix(SplitMix.Derive(seed, "random dimensions")).Shuffle<int>(others);
        return others[Draw];
    }
}
