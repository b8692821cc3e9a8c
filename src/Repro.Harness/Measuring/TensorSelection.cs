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
    private readonly Dictionary<(string Code, SamplePart Samples, ImportanceScore Score), TensorScores> scores = [];
    private readonly Dictionary<(string? Code, SamplePart Samples, ImportanceScore Score, RegionKind Kind, double Ratio), Bitmask> extremes = [];

    /// <summary>The tensor's part of a region that importance selects.</summary>
    public Bitmask Of(RegionSpec region)
    {
        Bitmask Extreme(string? code) => this.Extreme((code, region.Samples, region.Score, region.Kind, region.Ratio));
        return region.Own is { } own
            ? texts.BesideForImportance(own).Aggregate(Extreme(own), (rest, other) => rest.Except(Extreme(other.Code)))
            : Extreme(null);
    }

    /// <summary>Weights that share the score at Top's threshold beyond the first.</summary>
    public long Ties(string? code, ImportanceScore score, double ratio)
    {
        using TensorScores sum = Scores(code, SamplePart.Large, score);
        return sum.TiesAtThreshold(ratio);
    }

    public void Dispose()
    {
        foreach (TensorScores one in scores.Values)
            one.Dispose();
    }

    private Bitmask Extreme((string? Code, SamplePart Samples, ImportanceScore Score, RegionKind Kind, double Ratio) wanted)
    {
        if (!extremes.TryGetValue(wanted, out Bitmask? mask))
        {
            using TensorScores own = Scores(wanted.Code, wanted.Samples, wanted.Score);
            extremes[wanted] = mask = wanted.Kind == RegionKind.Top ? own.Top(wanted.Ratio) : own.Bottom(wanted.Ratio);
        }

        return mask;
    }

    private TensorScores Scores(string? code, SamplePart samples, ImportanceScore score) =>
        TensorScores.Sum([.. (code is null ? texts.Importance.Select(t => t.Code) : [code]).Select(one => OfText(one, samples, score))]);

    private TensorScores OfText(string code, SamplePart samples, ImportanceScore score)
    {
        if (!scores.TryGetValue((code, samples, score), out TensorScores? own))
            scores[(code, samples, score)] = own = TensorScores.Of(importance.Map(code, samples, score, context), name);
        return own;
    }
}
