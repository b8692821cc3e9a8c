using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>How firmly a region's selection stands.</summary>
/// <param name="TiesAtThreshold">Weights beyond the first at a tensor's threshold score.</param>
/// <param name="HalfOverlap">Jaccard overlap of the regions selected from the two halves of the sample.</param>
public sealed record RegionStability(long TiesAtThreshold, double HalfOverlap);

/// <summary>Importance and regions of one model, computed when first asked for.</summary>
/// <remarks>
/// Sums are kept in three parts of the sample: the small sample, the rest of the first half, the second half. Sums of parts give both sample sizes
/// and both halves without a second pass.
/// </remarks>
public sealed class RegionLibrary : IDisposable
{
    /// <summary>The Top share whose members are counted to rank dimensions, and that Figure 2 draws.</summary>
    public const double DimensionRatio = 0.05;

    private const int MostImportant = 10;

    private readonly LlamaModel model;
    private readonly Profile profile;
    private readonly TextLibrary texts;
    private readonly Dictionary<string, GradientSums[]> parts = [];
    private readonly Dictionary<string, Region> regions = [];

    internal RegionLibrary(LlamaModel model, Profile profile, TextLibrary texts)
    {
        this.model = model;
        this.profile = profile;
        this.texts = texts;
    }

    private enum Portion
    {
        Small,
        Large,
        FirstHalf,
        SecondHalf,
    }

    /// <summary>Seed of random regions.</summary>
    public ulong Seed => profile.Seed;

    /// <summary>Called with the tokens read and what for.</summary>
    internal Action<long, string>? Progress { get; set; }

    /// <summary>Ends the work between two micro-batches.</summary>
    internal CancellationToken Cancellation { get; set; }

    /// <summary>Name of a block's input norm.</summary>
    public static string InputNorm(int layer) => $"model.layers.{layer}.input_layernorm.weight";

    /// <summary>Names of the given matrices in every block.</summary>
    public IReadOnlyList<string> Matrices(params string[] names) =>
        [.. Enumerable.Range(0, model.Config.LayerCount).SelectMany(layer => names.Select(name => $"model.layers.{layer}.{name}.weight"))];

    /// <summary>The region of a condition.</summary>
    public Region Get(RegionRemoval condition)
    {
        if (!regions.TryGetValue(condition.Id, out Region? region))
            regions[condition.Id] = region = Select(condition, PortionOf(condition.Samples));
        return region;
    }

    /// <summary>The rows and columns of a condition, as a region.</summary>
    public Region DimensionsOf(DimensionRemoval condition)
    {
        Region top = Get(new RegionRemoval(RegionKind.Top, DimensionRatio, condition.Samples));
        return new Region(
            from layer in Enumerable.Range(0, model.Config.LayerCount)
            from matrix in condition.Matrices(profile.Axis)
            let name = $"model.layers.{layer}.{matrix.Matrix}.weight"
            let part = top.Parts[name]
            let chosen = Dimensions.Choose(Dimensions.Counts(part, matrix.Axis), condition.Kind, condition.Count, SplitMix.Derive(profile.Seed, condition.Id + name))
            select KeyValuePair.Create(name, Dimensions.Whole(part.Shape, matrix.Axis, chosen)));
    }

    /// <summary>
    /// Index of a residual dimension: ranked by how many members the Top 5 % core region has in its rows of Attn.o and FFN.down, which write it.
    /// </summary>
    public int Dimension(ResidualDimension dimension)
    {
        Region top = Get(new RegionRemoval(RegionKind.Top, DimensionRatio));
        long[] counts = new long[model.Config.HiddenSize];
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
    public double[] CoreScores(string name)
    {
        using ImportanceMap core = Importance(null, SampleSize.Large);
        return core.Values(name);
    }

    /// <summary>Ties at the threshold and overlap between the halves, for a Top region of the large sample.</summary>
    public RegionStability Stability(RegionRemoval condition)
    {
        using ImportanceMap map = Map(condition.Language, Portion.Large, condition.Score);
        double overlap = Select(condition, Portion.FirstHalf).Jaccard(Select(condition, Portion.SecondHalf));
        return new RegionStability(RegionSelection.TiesAtThreshold(map, condition.Ratio, profile.Norms), overlap);
    }

    /// <summary>Importance of one language, or of all six together.</summary>
    /// <param name="language">ISO 639-1 code, or null for the core importance.</param>
    /// <param name="samples">The sample size.</param>
    public ImportanceMap Importance(string? language, SampleSize samples) => Map(language, PortionOf(samples), ImportanceScore.FirstOrder);

    /// <summary>Tokens that locating all regions reads, counting a backward pass as two forward ones.</summary>
    public long Cost() => PaperLanguages.Region.Sum(l => texts.Samples(l.Code, ..).Sum(d => 3L * (d.Length - 1)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GradientSums sums in parts.Values.SelectMany(p => p))
            sums.Dispose();
    }

    private static Portion PortionOf(SampleSize samples) => samples == SampleSize.Small ? Portion.Small : Portion.Large;

    private int Pick(int[] ranked, ResidualDimension dimension)
    {
        if (!dimension.IsRandom)
            return ranked[dimension.Rank - 1];
        int[] others = ranked[MostImportant..];
        new SplitMix(SplitMix.Derive(profile.Seed, "random dimensions")).Shuffle<int>(others);
        return others[dimension.Draw];
    }

    private void Locate()
    {
        int half = profile.LargeSample / 2;
        foreach (Language language in PaperLanguages.Region.Where(l => !parts.ContainsKey(l.Code)))
        {
            Range[] ranges = [new(0, profile.SmallSample), new(profile.SmallSample, half), new(half, profile.LargeSample)];
            parts[language.Code] = [.. ranges.Select(range =>
            {
                GradientSums sums = GradientSums.Over(model, texts.Samples(language.Code, range), profile.MicroBatch, profile.Reading, cancellation: Cancellation);
                Progress?.Invoke(3 * sums.Tokens, $"importance: {language.Name}");
                return sums;
            })];
        }
    }

    private Region Select(RegionRemoval condition, Portion portion)
    {
        if (condition.Kind == RegionKind.Random)
        {
            ulong seed = SplitMix.Derive(profile.Seed, condition.Id);
            return RegionSelection.Random(ParameterSet.Shapes(model.Config), condition.Ratio, seed, profile.Norms);
        }

        Region Extreme(string? language)
        {
            using ImportanceMap map = Map(language, portion, condition.Score);
            return condition.Kind == RegionKind.Top
                ? RegionSelection.Top(map, condition.Ratio, profile.Norms)
                : RegionSelection.Bottom(map, condition.Ratio, profile.Norms);
        }

        return condition.Language is { } own
            ? Extreme(own).ExceptAll(PaperLanguages.Region.Where(l => l.Code != own).Select(l => Extreme(l.Code)))
            : Extreme(null);
    }

    private ImportanceMap Map(string? language, Portion portion, ImportanceScore score)
    {
        Locate();
        if (language is not null)
            return OfLanguage(language, portion, score);
        ImportanceMap[] maps = [.. PaperLanguages.Region.Select(l => OfLanguage(l.Code, portion, score))];
        try
        {
            return ImportanceMap.Sum(maps);
        }
        finally
        {
            foreach (ImportanceMap map in maps)
                map.Dispose();
        }
    }

    private ImportanceMap OfLanguage(string language, Portion portion, ImportanceScore score)
    {
        GradientSums[] own = parts[language];
        using GradientSums sums = GradientSums.Merge(portion switch
        {
            Portion.Small => own[..1],
            Portion.FirstHalf => own[..2],
            Portion.SecondHalf => own[2..],
            _ => own,
        });
        return sums.ToMap(model, score);
    }
}
