using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Experiments;

/// <summary>Selects one tensor's part of many regions; scores and extremes that regions share are computed once.</summary>
/// <param name="importance">Importance of the model.</param>
/// <param name="name">The tensor.</param>
internal sealed class TensorSelection(ImportanceLibrary importance, string name) : IDisposable
{
    private readonly Dictionary<(string Language, Portion Portion, ImportanceScore Score), TensorScores> scores = [];
    private readonly Dictionary<(string? Language, Portion Portion, ImportanceScore Score, RegionKind Kind, double Ratio), Bitmask> extremes = [];

    /// <summary>The portion of the sample that a sample size stands for.</summary>
    public static Portion PortionOf(SampleSize samples) => samples == SampleSize.Small ? Portion.Small : Portion.Large;

    /// <summary>The tensor's part of a region that importance selects.</summary>
    public Bitmask Of(RegionRemoval condition) => Of(condition, PortionOf(condition.Samples));

    /// <inheritdoc cref="Of(RegionRemoval)"/>
    public Bitmask Of(RegionRemoval condition, Portion portion)
    {
        Bitmask Extreme(string? language) => this.Extreme((language, portion, condition.Score, condition.Kind, condition.Ratio));
        return condition.Language is { } own
            ? PaperLanguages.Region.Where(l => l.Code != own).Aggregate(Extreme(own), (rest, other) => rest.Except(Extreme(other.Code)))
            : Extreme(null);
    }

    /// <summary>Weights that share the score at Top's threshold beyond the first.</summary>
    public long Ties(string? language, ImportanceScore score, double ratio)
    {
        using TensorScores sum = Scores(language, Portion.Large, score);
        return sum.TiesAtThreshold(ratio);
    }

    public void Dispose()
    {
        foreach (TensorScores one in scores.Values)
            one.Dispose();
    }

    private Bitmask Extreme((string? Language, Portion Portion, ImportanceScore Score, RegionKind Kind, double Ratio) wanted)
    {
        if (!extremes.TryGetValue(wanted, out Bitmask? mask))
        {
            using TensorScores own = Scores(wanted.Language, wanted.Portion, wanted.Score);
            extremes[wanted] = mask = wanted.Kind == RegionKind.Top ? own.Top(wanted.Ratio) : own.Bottom(wanted.Ratio);
        }

        return mask;
    }

    private TensorScores Scores(string? language, Portion portion, ImportanceScore score) =>
        TensorScores.Sum([.. (language is null ? PaperLanguages.Region.Select(l => l.Code) : [language]).Select(l => OfLanguage(l, portion, score))]);

    private TensorScores OfLanguage(string language, Portion portion, ImportanceScore score)
    {
        if (!scores.TryGetValue((language, portion, score), out TensorScores? own))
            scores[(language, portion, score)] = own = TensorScores.Of(importance.Map(language, portion, score), name);
        return own;
    }
}
