using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Figures;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Atlases;

/// <summary>What languages' Top regions have in common before Eq. 5 takes it off, tensor by tensor: all regions of a large model would not fit into memory.</summary>
internal static class RegionOverlaps
{
    private const double Level = 0.95;

    /// <summary>The overlap of every two languages.</summary>
    /// <param name="session">The checkpoint, whose importance has been summed.</param>
    /// <param name="languages">The languages.</param>
    /// <param name="ratio">Share of each tensor in a region.</param>
    /// <param name="context">Ends the work between two tensors.</param>
    public static IReadOnlyList<AtlasOverlap> Of(ModelSession session, IReadOnlyList<TestText> languages, double ratio, RunContext context)
    {
        (int First, int Second)[] pairs = [.. Enumerable.Range(0, languages.Count).SelectMany(i => Enumerable.Range(i + 1, languages.Count - i - 1).Select(j => (i, j)))];
        List<(long Shared, long All)>[] counts = [.. pairs.Select(_ => new List<(long, long)>())];
        foreach ((string name, _) in RegionSelection.Covered(ParameterSet.Shapes(session.Config), session.Profile.Norms))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Bitmask[] tops = [.. languages.Select(language => Top(session, language, name, ratio))];
            for (int i = 0; i < pairs.Length; i++)
                counts[i].Add((tops[pairs[i].First].Intersect(tops[pairs[i].Second]).Count, tops[pairs[i].First].Union(tops[pairs[i].Second]).Count));
        }

        return [.. pairs.Select((pair, i) => new AtlasOverlap(languages[pair.First].Code, languages[pair.Second].Code, Jaccard(counts[i], session.Profile.Seed)))];
    }

    private static Bitmask Top(ModelSession session, TestText language, string tensor, double ratio)
    {
        using ImportanceMap map = session.Regions.Importance(language, SamplePart.Large);
        using TensorScores scores = TensorScores.Of(map, tensor);
        return scores.Top(ratio);
    }

    private static Estimate Jaccard(List<(long Shared, long All)> tensors, ulong seed)
    {
        Resampled overlap = Resampled.Over(
            tensors.Count, choice => choice.Sum(i => tensors[i].Shared) / (double)Math.Max(1, choice.Sum(i => tensors[i].All)), SplitMix.Derive(seed, "atlas overlaps"));
        Interval interval = PairedBootstrap.Percentile(overlap.Value, overlap.Draws, Level);
        return new Estimate(interval.Value, interval.Low, interval.High, null);
    }
}
