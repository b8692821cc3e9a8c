using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>Selects one tensor's part of many regions; scores and extremes that regions share are computed once.</summary>
/// <param name="importance">Importance of the model.</param>
/// <param name="texts">The texts that importance is taken from.</param>
/// <param name="name">The tensor.</param>
/// <param name="context">Progress and cancellation of sums that must be made.</param>
internal sealed class TensorSelection(GradientSumStore importance, TextSet texts, string name, RunContext context) : IDisposable
{
    private readonly Dictionary<(string Key, SamplePart Samples, ImportanceScore Score), TensorScores> scores = [];
    private readonly Dictionary<(string Keys, SamplePart Samples, ImportanceScore Score, RegionKind Kind, double Ratio), Bitmask> extremes = [];

    /// <summary>The tensor's part of a region that importance selects.</summary>
    public Bitmask Of(RegionSpec region)
    {
        Bitmask Extreme(IReadOnlyList<TestText> added) => this.Extreme(added, region);
        Bitmask all = Extreme(Added(region));
        return region.Own is { } own ? texts.BesideForImportance(own).Aggregate(all, (rest, other) => rest.Except(Extreme([other]))) : all;
    }

    /// <summary>Weights that share the score at a Top region's threshold beyond the first.</summary>
    public long Ties(RegionSpec region)
    {
        using TensorScores sum = Scores(Added(region), region);
        return sum.TiesAtThreshold(region.Ratio);
    }

    public void Dispose()
    {
        foreach (TensorScores one in scores.Values)
            one.Dispose();
    }

    private Bitmask Extreme(IReadOnlyList<TestText> added, RegionSpec region)
    {
        var wanted = (string.Join(' ', added.Select(t => t.Key)), region.Samples, region.Score, region.Kind, region.Ratio);
        if (!extremes.TryGetValue(wanted, out Bitmask? mask))
        {
            using TensorScores own = Scores(added, region);
            extremes[wanted] = mask = region.Kind == RegionKind.Top ? own.Top(region.Ratio) : own.Bottom(region.Ratio);
        }

        return mask;
    }

    // The texts whose scores are added up.
    private IReadOnlyList<TestText> Added(RegionSpec region) => region.Own is { } own ? [texts.ForImportance(own)] : region.Source?.Texts ?? texts.Importance;

    private TensorScores Scores(IReadOnlyList<TestText> added, RegionSpec region) => TensorScores.Sum([.. added.Select(text => OfText(text, region.Samples, region.Score))]);

    private TensorScores OfText(TestText text, SamplePart samples, ImportanceScore score)
    {
        if (!scores.TryGetValue((text.Key, samples, score), out TensorScores? own))
            scores[(text.Key, samples, score)] = own = TensorScores.Of(importance.Map(text, samples, score, context), name);
        return own;
    }
}
