using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
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
    private readonly LlamaModel model;
    private readonly Profile profile;
    private readonly Func<string, IReadOnlyList<int[]>> trainDocuments;
    private readonly Dictionary<string, GradientSums[]> parts = [];
    private readonly Dictionary<string, Region> regions = [];

    internal RegionLibrary(LlamaModel model, Profile profile, Func<string, IReadOnlyList<int[]>> trainDocuments)
    {
        this.model = model;
        this.profile = profile;
        this.trainDocuments = trainDocuments;
    }

    private enum Portion
    {
        Small,
        Large,
        FirstHalf,
        SecondHalf,
    }

    /// <summary>The region of a condition.</summary>
    /// <param name="condition">Any condition but the base.</param>
    /// <param name="progress">Called with the tokens read and what for.</param>
    /// <param name="cancellation">Ends the work between two micro-batches.</param>
    public Region Get(Condition condition, Action<long, string>? progress = null, CancellationToken cancellation = default)
    {
        if (!regions.TryGetValue(condition.Id, out Region? region))
        {
            if (condition.Kind != RegionKind.Random)
                Locate(progress, cancellation);
            regions[condition.Id] = region = Select(condition, PortionOf(condition.Samples));
        }

        return region;
    }

    /// <summary>Ties at the threshold and overlap between the halves, for a Top region of the large sample.</summary>
    public RegionStability Stability(Condition condition)
    {
        Locate(null, CancellationToken.None);
        using ImportanceMap map = condition.Language is null ? Core(Portion.Large) : Map(condition.Language, Portion.Large);
        double overlap = Select(condition, Portion.FirstHalf).Jaccard(Select(condition, Portion.SecondHalf));
        return new RegionStability(RegionSelection.TiesAtThreshold(map, condition.Ratio, profile.Norms), overlap);
    }

    /// <summary>Importance of one language, or of all six together.</summary>
    /// <param name="language">ISO 639-1 code, or null for the core importance.</param>
    /// <param name="samples">The sample size.</param>
    public ImportanceMap Importance(string? language, SampleSize samples)
    {
        Locate(null, CancellationToken.None);
        return language is null ? Core(PortionOf(samples)) : Map(language, PortionOf(samples));
    }

    /// <summary>Tokens that locating all regions reads, counting a backward pass as two forward ones.</summary>
    public long Cost() => PaperLanguages.Region.Sum(l => trainDocuments(l.Code).Sum(d => 3L * (d.Length - 1)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GradientSums sums in parts.Values.SelectMany(p => p))
            sums.Dispose();
    }

    private static Portion PortionOf(SampleSize samples) => samples == SampleSize.Small ? Portion.Small : Portion.Large;

    private void Locate(Action<long, string>? progress, CancellationToken cancellation)
    {
        int half = profile.LargeSample / 2;
        foreach (Language language in PaperLanguages.Region.Where(l => !parts.ContainsKey(l.Code)))
        {
            int[][] documents = [.. trainDocuments(language.Code)];
            Range[] ranges = [new(0, profile.SmallSample), new(profile.SmallSample, half), new(half, ^0)];
            parts[language.Code] = [.. ranges.Select(range =>
            {
                GradientSums sums = GradientSums.Over(model, documents[range], profile.MicroBatch, profile.Reading, cancellation: cancellation);
                progress?.Invoke(3 * sums.Tokens, $"importance: {language.Name}");
                return sums;
            })];
        }
    }

    private Region Select(Condition condition, Portion portion)
    {
        if (condition.Kind == RegionKind.Random)
        {
            ulong seed = SplitMix.Derive(profile.Seed, condition.Id);
            return RegionSelection.Random(ParameterSet.Shapes(model.Config), condition.Ratio, seed, profile.Norms);
        }

        if (condition.Language is null)
        {
            using ImportanceMap core = Core(portion);
            return Extreme(condition, core);
        }

        Dictionary<string, Region> perLanguage = PaperLanguages.Region.ToDictionary(l => l.Code, l =>
        {
            using ImportanceMap map = Map(l.Code, portion);
            return Extreme(condition, map);
        });
        return perLanguage[condition.Language].ExceptAll(perLanguage.Where(r => r.Key != condition.Language).Select(r => r.Value));
    }

    private Region Extreme(Condition condition, ImportanceMap map) => condition.Kind == RegionKind.Top
        ? RegionSelection.Top(map, condition.Ratio, profile.Norms)
        : RegionSelection.Bottom(map, condition.Ratio, profile.Norms);

    private ImportanceMap Core(Portion portion)
    {
        ImportanceMap[] maps = [.. PaperLanguages.Region.Select(l => Map(l.Code, portion))];
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

    private ImportanceMap Map(string language, Portion portion)
    {
        GradientSums[] own = parts[language];
        using GradientSums sums = GradientSums.Merge(portion switch
        {
            Portion.Small => own[..1],
            Portion.FirstHalf => own[..2],
            Portion.SecondHalf => own[2..],
            _ => own,
        });
        return sums.ToMap(model);
    }
}
