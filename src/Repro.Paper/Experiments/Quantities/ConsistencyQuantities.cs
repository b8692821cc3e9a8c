using System.Globalization;
using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Experiments.Quantities;

/// <summary>Section 3.2 and Appendix B: whether 10K and 100K samples find the same regions and the same importance. Bootstrapped over tensors.</summary>
public static class ConsistencyQuantities
{
    /// <summary>The ratios of Tables 14 to 16.</summary>
    public static IReadOnlyList<double> Ratios { get; } = [0.01, 0.03, 0.05];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        .. Ratios.Select(ratio => new Quantity(Overlap(ratio), "Jaccard overlap of the core regions from the two sample sizes", 0.02, (laboratory, _) => MeasureOverlap(laboratory, ratio))),
        new Quantity(Ranks, "Spearman's correlation of core importance from the two sample sizes, mean over tensors", 0.01, (laboratory, _) => MeasureRanks(laboratory)),
        new Quantity(Accumulators, "Jaccard overlap of the core region with the one that bfloat16 sums select, as in the released code", 0.02, MeasureAccumulators) { DependsOnImportance = false, SamplePasses = 1 },
    ];

    /// <summary>Key of the rank correlation.</summary>
    public static string Ranks => "rank correlation 10K 100K";

    /// <summary>Key of the overlap between accumulators.</summary>
    public static string Accumulators => "overlap float32 bfloat16 sums top 3%";

    /// <summary>Key of the overlap at a ratio.</summary>
    public static string Overlap(double ratio) => string.Create(CultureInfo.InvariantCulture, $"overlap 10K 100K top {ratio * 100:0.##}%");

    private static Resampled MeasureOverlap(Laboratory laboratory, double ratio)
    {
        Region small = laboratory.Regions.Get(new RegionRemoval(RegionKind.Top, ratio, SampleSize.Small));
        Region large = laboratory.Regions.Get(new RegionRemoval(RegionKind.Top, ratio));
        (long Shared, long All)[] tensors =
        [
            .. small.Parts.Select(p => (p.Value.Mask.Intersect(large.Parts[p.Key].Mask).Count, p.Value.Mask.Union(large.Parts[p.Key].Mask).Count)).Where(t => t.Item2 > 0),
        ];
        return Resampled.Over(tensors.Length, choice => choice.Sum(i => tensors[i].Shared) / (double)choice.Sum(i => tensors[i].All), SplitMix.Derive(laboratory.Profile.Seed, Overlap(ratio)));
    }

    private static Resampled MeasureAccumulators(Laboratory laboratory, CancellationToken cancellation)
    {
        const double Ratio = 0.03;
        Region wide = laboratory.Regions.Get(new RegionRemoval(RegionKind.Top, Ratio));
        laboratory.Importance.Cancellation = cancellation;
        Region narrow = laboratory.Importance.WithSumsIn(TorchSharp.torch.ScalarType.BFloat16, map => RegionSelection.Top(map, Ratio, laboratory.Profile.Norms));
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

    private static Resampled MeasureRanks(Laboratory laboratory)
    {
        using ImportanceMap small = laboratory.Regions.Importance(null, SampleSize.Small);
        using ImportanceMap large = laboratory.Regions.Importance(null, SampleSize.Large);

        // The biases of an untrained model are all 0, and so is their importance: there is nothing to rank.
        double[] correlations =
        [
            .. small.Shapes.Keys.Order(StringComparer.Ordinal).Select(name =>
            {
                int[] chosen = Chosen(small.Shapes[name].Aggregate(1L, (a, b) => a * b), SplitMix.Derive(laboratory.Profile.Seed, $"ranks {name}"));
                return RankCorrelation.Of(Values(small, name, chosen), Values(large, name, chosen));
            }).Where(double.IsFinite),
        ];
        return Resampled.Over(correlations.Length, choice => choice.Average(i => correlations[i]), SplitMix.Derive(laboratory.Profile.Seed, Ranks));
    }
}
