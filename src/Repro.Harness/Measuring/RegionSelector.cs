using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using Repro.Engine.Seeds;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>Regions of one model, selected together before they are needed or alone when first asked for, and kept in the store.</summary>
public sealed class RegionSelector
{
    // Those of a 7B model are 0.8 GB each: few stay in memory. All of a small model's do.
    private const long BytesInMemory = 2L << 30;

    private readonly GradientSumStore importance;
    private readonly MeasurementKeys keys;
    private readonly ArtifactStore store;
    private readonly OrderedDictionary<string, Region> inMemory = [];

    internal RegionSelector(LlamaConfig config, Profile profile, GradientSumStore importance, MeasurementKeys keys, ArtifactStore store)
    {
        Config = config;
        Profile = profile;
        this.importance = importance;
        this.keys = keys;
        this.store = store;
    }

    /// <summary>The model's shape.</summary>
    public LlamaConfig Config { get; }

    /// <summary>The model's weights by what they do.</summary>
    public ModelLayout Layout => ModelLayout.Of(Config);

    /// <summary>The settings.</summary>
    public Profile Profile { get; }

    private IEnumerable<(string Name, long[] Shape)> Covered => RegionSelection.Covered(ParameterSet.Shapes(Config), Profile.Norms);

    /// <summary>Makes the sums that regions are selected from, where that was not done before.</summary>
    /// <param name="regions">The regions.</param>
    /// <param name="context">Progress and cancellation.</param>
    public void SumGradients(IEnumerable<RegionSpec> regions, RunContext context)
    {
        foreach (SampleSums sums in RegionSpec.Sources(Profile.Texts, regions))
            importance.Reduce(sums, context);
    }

    /// <summary>Selects those of some regions that the store does not hold, tensor by tensor, so that importance is read once for all of them.</summary>
    public void Select(IEnumerable<RegionSpec> regions, RunContext context)
    {
        RegionSpec[] missing = [.. regions.Where(r => !r.IsRandom).DistinctBy(r => r.Id).Where(r => !store.Has(keys.OfRegion(r)))];
        if (missing.Length == 0)
            return;
        Dictionary<RegionSpec, RegionDraft> drafts = [];
        try
        {
            foreach (RegionSpec region in missing)
            {
                (string path, IReadOnlyDictionary<string, string> metadata) = store.PlaceOf(keys.OfRegion(region));
                drafts[region] = new RegionDraft(path, Covered, metadata);
            }

            foreach ((string name, _) in Covered)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                using TensorSelection selection = new(importance, Profile.Texts, name, context);
                foreach ((RegionSpec region, RegionDraft draft) in drafts)
                    draft.Write(name, selection.Of(region));
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

    /// <summary>A region.</summary>
    public Region Get(RegionSpec spec)
    {
        if (!inMemory.TryGetValue(spec.Id, out Region? region))
        {
            region = spec.IsRandom ? Random(spec) : Stored(spec);
            long each = region.Population / 8;
            while (inMemory.Count > 0 && (inMemory.Count + 1) * each > BytesInMemory)
                inMemory.RemoveAt(0);
            inMemory[spec.Id] = region;
        }

        return region;
    }

    /// <summary>Core importance of one tensor from the large sample, row-major.</summary>
    public double[] CoreScores(string name) => Scores(name, SamplePart.Large);

    /// <summary>Core importance of one tensor, row-major.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="samples">The part of the sample.</param>
    public double[] Scores(string name, SamplePart samples)
    {
        using ImportanceMap map = Importance(samples);
        return map.Values(name);
    }

    /// <summary>Core importance: of all texts together.</summary>
    /// <param name="samples">The part of the sample.</param>
    public ImportanceMap Importance(SamplePart samples) => importance.Map(null, samples, ImportanceScore.FirstOrder, RunContext.None);

    /// <summary>|θ| of every weight, float32.</summary>
    public ImportanceMap Magnitudes() => importance.Map(Profile.Texts.Importance[0], SamplePart.Large, ImportanceScore.Magnitude, RunContext.None);

    /// <summary>Importance of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="samples">The part of the sample.</param>
    public ImportanceMap Importance(TestText text, SamplePart samples) => importance.Map(text, samples, ImportanceScore.FirstOrder, RunContext.None);

    /// <summary>What is known of a region's selection: its members, and for a Top region of the large sample how firmly it stands.</summary>
    public RegionFacts Facts(RegionSpec spec)
    {
        Region region = Get(spec);
        bool judged = spec is { Kind: RegionKind.Top, Samples: SamplePart.Large };
        (long? ties, double? overlap) = judged ? Stability(spec) : (null, null);
        return new RegionFacts(region.Count, region.Population, spec.IsDifference, region.Parts.ToDictionary(p => p.Key, p => p.Value.Mask.Count), region.Hash(), ties, overlap);
    }

    /// <summary>Files of the core Top regions from the large sample that are in the store, by their share of each tensor.</summary>
    /// <param name="regions">The regions that were selected.</param>
    internal IReadOnlyDictionary<double, string> CoreFiles(IEnumerable<RegionSpec> regions) => regions
        .Where(r => r is { Kind: RegionKind.Top, Samples: SamplePart.Large, Own: null, Source: null, Score: ImportanceScore.FirstOrder })
        .DistinctBy(r => r.Ratio)
        .Where(r => store.Has(keys.OfRegion(r)))
        .OrderBy(r => r.Ratio)
        .ToDictionary(r => r.Ratio, r => store.PlaceOf(keys.OfRegion(r)).Path);

    private (long? Ties, double? Overlap) Stability(RegionSpec spec)
    {
        long ties = 0;
        long shared = 0;
        long all = 0;
        foreach ((string name, _) in Covered)
        {
            using TensorSelection selection = new(importance, Profile.Texts, name, RunContext.None);
            ties += selection.Ties(spec);
            (Bitmask first, Bitmask second) = (selection.Of(spec with { Samples = SamplePart.FirstHalf }), selection.Of(spec with { Samples = SamplePart.SecondHalf }));
            shared += first.Intersect(second).Count;
            all += first.Union(second).Count;
        }

        return (ties, all == 0 ? 1 : shared / (double)all);
    }

    private Region Stored(RegionSpec spec)
    {
        using SafetensorsFile file = store.Get(keys.OfRegion(spec), (_, _) => Select([spec], RunContext.None));
        return RegionFile.Read(file);
    }

    private Region Random(RegionSpec spec) =>
        spec.Own is null
            ? RegionSelection.Random(ParameterSet.Shapes(Config), spec.Ratio, SplitMix.Derive(Profile.Seed, spec.Id), Profile.Norms)
            : RegionSelection.RandomLike(Get(spec.SizedAs), SplitMix.Derive(Profile.Seed, spec.Id));
}
