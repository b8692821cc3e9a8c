using System.Globalization;
using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>Section 3.2 and Appendix B: whether 10K and 100K samples find the same regions and the same importance. Bootstrapped over tensors.</summary>
public static class ConsistencyQuantities
{
    private const double AccumulatedRatio = 0.03;

    /// <summary>The ratios of Tables 14 to 16.</summary>
    public static IReadOnlyList<double> Ratios { get; } = [0.01, 0.03, 0.05];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        .. Ratios.Select(ratio => new Quantity(Overlap(ratio), "Jaccard overlap of the core regions from the two sample sizes", 0.02, (session, _) => MeasureOverlap(session, ratio)) { Regions = [Small(ratio), Large(ratio)] }),
        new Quantity(Ranks, "Spearman's correlation of core importance from the two sample sizes, mean over tensors", 0.01, (session, _) => MeasureRanks(session)),
    ];

    /// <summary>What the sums of the released code change; no claim stands on it.</summary>
    public static Quantity OfReleasedCode { get; } =
        new Quantity(Accumulators, "Jaccard overlap of the core region with the one that bfloat16 sums select, as in the released code", 0.02, MeasureAccumulators) { Readings = [], Regions = [Large(AccumulatedRatio)], SamplePasses = 1, SumsKept = 1 };

    /// <summary>Key of the rank correlation.</summary>
    public static string Ranks => "rank correlation 10K 100K";

    /// <summary>Key of the overlap between accumulators.</summary>
    public static string Accumulators => "overlap float32 bfloat16 sums top 3%";

    /// <summary>Key of the overlap at a ratio.</summary>
    public static string Overlap(double ratio) => string.Create(CultureInfo.InvariantCulture, $"overlap 10K 100K top {ratio * 100:0.##}%");

    private static RegionSpec Small(double ratio) => new(RegionKind.Top, ratio, SamplePart.Small);

    private static RegionSpec Large(double ratio) => new(RegionKind.Top, ratio);

    private static Resampled MeasureOverlap(ModelSession session, double ratio)
    {
        Region small = session.Regions.Get(Small(ratio));
        Region large = session.Regions.Get(Large(ratio));
        (long Shared, long All)[] tensors =
        [
            .. small.Parts.Select(p => (p.Value.Mask.Intersect(large.Parts[p.Key].Mask).Count, p.Value.Mask.Union(large.Parts[p.Key].Mask).Count)).Where(t => t.Item2 > 0),
        ];
        return Resampled.Over(tensors.Length, choice => choice.Sum(i => tensors[i].Shared) / (double)choice.Sum(i => tensors[i].All), SplitMix.Derive(session.Profile.Seed, Overlap(ratio)));
    }

    private static Resampled MeasureAccumulators(ModelSession session, RunContext context)
    {
        Region wide = session.Regions.Get(Large(AccumulatedRatio));
        Region narrow = session.Importance.WithSumsIn(TorchSharp.torch.ScalarType.BFloat16, map => RegionSelection.Top(map, AccumulatedRatio, session.Profile.Norms), context);
        return Resampled.Exact(wide.Jaccard(narrow));
    }

    // A million weights tell a tensor's correlation to three digits; ranking all of a 7B model's would take hours.
    private static int[] Chosen(long weights, ulong seed)
    {
        const int Most = 1_000_000;
        if (weights <= Most)
            return [.. Enumerable.Range(0, (int)weights)];
        SplitMix random = new(seed);
        return [.. Enumerable.Range(0, Most).Select(_ => (int)random.Below(weights))];
    }

    private static double[] Values(ImportanceMap map, string name, int[] chosen)
    {
        double[] all = map.Values(name);
        return [.. chosen.Select(i => all[i])];
    }

    private static Resampled MeasureRanks(ModelSession session)
    {
        using ImportanceMap small = session.Regions.Importance(SamplePart.Small);
        using ImportanceMap large = session.Regions.Importance(SamplePart.Large);

        // The biases of an untrained model are all 0, and so is their importance: there is nothing to rank.
        double[] correlations =
        [
            .. small.Shapes.Keys.Order(StringComparer.Ordinal).Select(name =>
            {
                int[] chosen = Chosen(small.Shapes[name].Aggregate(1L, (a, b) => a * b), SplitMix.Derive(session.Profile.Seed, $"ranks {name}"));
                return RankCorrelation.Of(Values(small, name, chosen), Values(large, name, chosen));
            }).Where(double.IsFinite),
        ];
        return Resampled.Over(correlations.Length, choice => choice.Average(i => correlations[i]), SplitMix.Derive(session.Profile.Seed, Ranks));
    }
}
