using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using static TorchSharp.torch;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>How well the random weights that are to be as large as those of the core Top 3 % region are. Bootstrapped over tensors.</summary>
public static class MatchedMagnitudes
{
    /// <summary>The matched region that is looked at: the first draw.</summary>
    private static readonly MatchedRandomRemoval Matched = new(new RegionSpec(RegionKind.Top, 0.03), RegionMatch.Magnitude);

    /// <summary>Key of the comparison of means.</summary>
    public static string Mean => "mean magnitude of matched weights";

    /// <summary>Key of the comparison of root mean squares, in which the largest weights count most.</summary>
    public static string RootMeanSquare => "root mean square of matched weights";

    /// <summary>Both.</summary>
    public static IReadOnlyList<Quantity> All { get; } = [Of(Mean, 1), Of(RootMeanSquare, 2)];

    private static Quantity Of(string key, int power) =>
        new(key, "of the region's own, less 1", 0.01, (session, _) => Measure(session, key, power)) { Regions = [Matched.Like] };

    private static Resampled Measure(ModelSession session, string key, int power)
    {
        Region matched = Matched.Region(session.Regions);
        using ImportanceMap magnitudes = session.Regions.Magnitudes();
        (double Own, double Matched)[] tensors =
        [
            .. session.Regions.Get(Matched.Like).Parts.Select(p =>
            {
                using Tensor read = magnitudes.Read(p.Key);
                float[] values = [.. read.data<float>()];
                double Sum(Bitmask members) => members.Members().Sum(index => Math.Pow(values[index], power));
                return (Sum(p.Value.Mask), Sum(matched.Parts[p.Key].Mask));
            }),
        ];
        return Resampled.Over(
            tensors.Length,
            choice => Math.Pow(choice.Sum(i => tensors[i].Matched) / choice.Sum(i => tensors[i].Own), 1.0 / power) - 1,
            SplitMix.Derive(session.Profile.Seed, key));
    }
}
