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
        Bitmask Extreme(string[] keys) => this.Extreme(keys, region);
        return region.Own is { } own
            ? texts.BesideForImportance(own).Aggregate(Extreme([own]), (rest, other) => rest.Except(Extreme([other.Code])))
            : Extreme(Keys(region));
    }

    /// <summary>Weights that share the score at a Top region's threshold beyond the first.</summary>
    public long Ties(RegionSpec region)
    {
        using TensorScores sum = Scores(Keys(region), region);
        return sum.TiesAtThreshold(region.Ratio);
    }

    public void Dispose()
    {
        foreach (TensorScores one in scores.Values)
            one.Dispose();
    }

    private Bitmask Extreme(string[] keys, RegionSpec region)
    {
        var wanted = (string.Join(' ', keys), region.Samples, region.Score, region.Kind, region.Ratio);
        if (!extremes.TryGetValue(wanted, out Bitmask? mask))
        {
            using TensorScores own = Scores(keys, region);
            extremes[wanted] = mask = region.Kind == RegionKind.Top ? own.Top(region.Ratio) : own.Bottom(region.Ratio);
        }

        return mask;
    }

    // The texts whose scores are added up.
    private string[] Keys(RegionSpec region) => region.Own is { } own ? [own] : [.. (region.InRandomOrder ? texts.InRandomOrder : texts.Importance).Select(t => t.Key)];

    private TensorScores Scores(string[] keys, RegionSpec region) => TensorScores.Sum([.. keys.Select(key => OfText(key, region.Samples, region.Score))]);

    private TensorScores OfText(string key, SamplePart samples, ImportanceScore score)
    {
        if (!scores.TryGetValue((key, samples, score), out TensorScores? own))
            scores[(key, samples, score)] = own = TensorScores.Of(importance.Map(key, samples, score, context), name);
        return own;
    }
}
