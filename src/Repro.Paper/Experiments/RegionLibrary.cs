using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using Repro.Engine.Seeds;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Profiles;
using Repro.Paper.Results;

namespace Repro.Paper.Experiments;

/// <summary>How firmly a region's selection stands.</summary>
/// <param name="TiesAtThreshold">Weights beyond the first at a tensor's threshold score.</param>
/// <param name="HalfOverlap">Jaccard overlap of the regions selected from the two halves of the sample.</param>
public sealed record RegionStability(long TiesAtThreshold, double HalfOverlap);

/// <summary>Regions of one model, selected when first asked for and kept in the store.</summary>
public sealed class RegionLibrary
{
    /// <summary>The Top share whose members are counted to rank dimensions, and that Figure 2 draws.</summary>
    public const double DimensionRatio = 0.05;

    private const int MostImportant = 10;
    private static readonly double[] CoreRatios = [0.01, 0.03, 0.05];

    // Those of a 7B model are 0.8 GB each: few stay in memory. All of a small model's do.
    private const long BytesInMemory = 2L << 30;

    private readonly LlamaConfig config;
    private readonly Profile profile;
    private readonly ImportanceLibrary importance;
    private readonly ResultKeys keys;
    private readonly ArtifactStore store;
    private readonly OrderedDictionary<string, Region> inMemory = [];

    internal RegionLibrary(LlamaConfig config, Profile profile, ImportanceLibrary importance, ResultKeys keys, ArtifactStore store)
    {
        this.config = config;
        this.profile = profile;
        this.importance = importance;
        this.keys = keys;
        this.store = store;
    }

    /// <summary>Seed of random regions.</summary>
    public ulong Seed => profile.Seed;

    /// <summary>Regions that will be asked for; when one of them is not there, all are selected in one pass over importance.</summary>
    internal IReadOnlyList<RegionRemoval> Expected { get; set; } = [];

    /// <summary>Name of a block's input norm.</summary>
    public static string InputNorm(int layer) => ParameterSet.Prefix(layer) + "input_layernorm.weight";

    /// <summary>Names of the given matrices in every block.</summary>
    public IReadOnlyList<string> Matrices(params string[] names) =>
        [.. Enumerable.Range(0, config.LayerCount).SelectMany(layer => names.Select(name => $"{ParameterSet.Prefix(layer)}{name}.weight"))];

    /// <summary>The region of a condition.</summary>
    public Region Get(RegionRemoval condition)
    {
        if (!inMemory.TryGetValue(condition.Id, out Region? region))
        {
            region = condition.Kind == RegionKind.Random ? Random(condition) : Stored(condition);
            long each = region.Population / 8;
            while (inMemory.Count > 0 && (inMemory.Count + 1) * each > BytesInMemory)
                inMemory.RemoveAt(0);
            inMemory[condition.Id] = region;
        }

        return region;
    }

    /// <summary>Selects the expected regions that the store does not hold, tensor by tensor, so that importance is read once for all of them.</summary>
    public void SelectExpected()
    {
        RegionRemoval[] missing = [.. Expected.Where(c => c.Kind != RegionKind.Random).DistinctBy(c => c.Id).Where(c => !store.Has(keys.OfRegion(c)))];
        if (missing.Length == 0)
            return;
        Dictionary<RegionRemoval, RegionDraft> drafts = [];
        try
        {
            foreach (RegionRemoval condition in missing)
            {
                (string path, IReadOnlyDictionary<string, string> metadata) = store.PlaceOf(keys.OfRegion(condition));
                drafts[condition] = new RegionDraft(path, RegionSelection.Covered(ParameterSet.Shapes(config), profile.Norms), metadata);
            }

            foreach ((string name, _) in RegionSelection.Covered(ParameterSet.Shapes(config), profile.Norms))
            {
                importance.Cancellation.ThrowIfCancellationRequested();
                using TensorSelection selection = new(importance, name);
                foreach ((RegionRemoval condition, RegionDraft draft) in drafts)
                    draft.Write(name, selection.Of(condition));
            }

            foreach (RegionDraft draft in drafts.Values)
                draft.Commit();
        }
        finally
        {
            foreach (RegionDraft draft in drafts.Values)
                draft.Dispose();
        }
    }

    /// <summary>Files of the core regions from the large sample that are in the store, by their share of each tensor.</summary>
    internal IReadOnlyDictionary<double, string> CoreFiles() => CoreRatios
        .Select(ratio => (Ratio: ratio, Key: keys.OfRegion(new RegionRemoval(RegionKind.Top, ratio))))
        .Where(r => store.Has(r.Key))
        .ToDictionary(r => r.Ratio, r => store.PlaceOf(r.Key).Path);

    /// <summary>The rows and columns of a condition, as a region.</summary>
    public Region DimensionsOf(DimensionRemoval condition)
    {
        Region top = Get(condition.RankedBy);
        return new Region(
            from layer in Enumerable.Range(0, config.LayerCount)
            from matrix in condition.Matrices(profile.Axis)
            let name = $"{ParameterSet.Prefix(layer)}{matrix.Matrix}.weight"
            let part = top.Parts[name]
            let chosen = Dimensions.Choose(Dimensions.Counts(part, matrix.Axis), condition.Kind, condition.Count, SplitMix.Derive(profile.Seed, condition.Id + name))
            select KeyValuePair.Create(name, Dimensions.Whole(part.Shape, matrix.Axis, chosen)));
    }

    /// <summary>
    /// Index of a residual dimension: ranked by how many members the Top 5 % core region has in its rows of Attn.o and FFN.down, which write it.
    /// </summary>
    public int Dimension(ResidualDimension dimension)
    {
        Region top = Get(ResidualDimension.RankedBy);
        long[] counts = new long[config.HiddenSize];
        foreach (long[] rows in Matrices("self_attn.o_proj", "mlp.down_proj").Select(name => Dimensions.Counts(top.Parts[name], MatrixAxis.Row)))
        {
            for (int i = 0; i < counts.Length; i++)
                counts[i] += rows[i];
        }

        return Pick([.. Dimensions.Choose(counts, DimensionKind.Top, counts.Length)], dimension);
    }

    /// <summary>Index of a weight of a block's input norm, ranked by its own core importance.</summary>
    public int NormDimension(int layer, ResidualDimension dimension)
    {
        double[] scores = CoreScores(InputNorm(layer));
        return Pick([.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i)], dimension);
    }

    /// <summary>Core importance of one tensor from the large sample, row-major.</summary>
    public double[] CoreScores(string name) => Importance(null, SampleSize.Large).Values(name);

    /// <summary>Ties at the threshold and overlap between the halves, for a Top region of the large sample.</summary>
    public RegionStability Stability(RegionRemoval condition)
    {
        long ties = 0;
        long shared = 0;
        long all = 0;
        foreach ((string name, _) in RegionSelection.Covered(ParameterSet.Shapes(config), profile.Norms))
        {
            using TensorSelection selection = new(importance, name);
            ties += selection.Ties(condition.Language, condition.Score, condition.Ratio);
            (Bitmask first, Bitmask second) = (selection.Of(condition, Portion.FirstHalf), selection.Of(condition, Portion.SecondHalf));
            shared += first.Intersect(second).Count;
            all += first.Union(second).Count;
        }

        return new RegionStability(ties, all == 0 ? 1 : shared / (double)all);
    }

    /// <summary>Importance of one language, or of all six together.</summary>
    /// <param name="language">ISO 639-1 code, or null for the core importance.</param>
    /// <param name="samples">The sample size.</param>
    public ImportanceMap Importance(string? language, SampleSize samples) =>
        importance.Map(language, TensorSelection.PortionOf(samples), ImportanceScore.FirstOrder);

    private Region Stored(RegionRemoval condition)
    {
        using SafetensorsFile file = store.Get(keys.OfRegion(condition), (_, _) =>
        {
            Expected = [.. Expected, condition];
            SelectExpected();
        });
        return RegionDraft.Read(file);
    }

    private Region Random(RegionRemoval condition) =>
        RegionSelection.Random(ParameterSet.Shapes(config), condition.Ratio, SplitMix.Derive(profile.Seed, condition.Id), profile.Norms);

    private int Pick(int[] ranked, ResidualDimension dimension)
    {
        if (!dimension.IsRandom)
            return ranked[dimension.Rank - 1];
        int[] others = ranked[MostImportant..];
        new SplitMix(SplitMix.Derive(profile.Seed, "random dimensions")).Shuffle<int>(others);
        return others[dimension.Draw];
    }
}
