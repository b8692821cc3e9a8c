using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Experiments;

/// <summary>How far a run is.</summary>
/// <param name="Done">Units of work done; one unit is one token read forward.</param>
/// <param name="Total">Units of the whole run.</param>
/// <param name="Activity">What is being done, in a few words.</param>
public readonly record struct RunProgress(long Done, long Total, string Activity);

/// <summary>How much work experiments are, in tokens read forward.</summary>
internal static class WorkPlan
{
    /// <summary>What a quantity counts as; they differ, and none is large.</summary>
    public const long QuantityUnits = 20_000;

    /// <summary>Steps of one document are bound by the number of operations, not by tokens; this is what they come to.</summary>
    public const long UnitsPerDocument = 300;

    public static long Units(Laboratory laboratory, IEnumerable<Experiment> experiments)
    {
        Experiment[] all = [.. experiments];
        long measuring = all
            .SelectMany(e => e.Conditions.SelectMany(c => e.Languages.Select(l => (c.Id, Language: l))))
            .Distinct()
            .Sum(w => Tokens(laboratory, w.Language));
        long training = all.SelectMany(e => e.Conditions).OfType<FurtherTrained>().Select(c => (c.Plan, c.Draw)).Distinct().Sum(r => TrainingUnits(laboratory.Texts.Further(r.Plan.Language)));
        long quantities = all.SelectMany(e => e.Quantities).DistinctBy(q => q.Id).Count() * QuantityUnits;
        return measuring + training + quantities + (all.Length > 0 ? laboratory.Importance.Cost() : 0);
    }

    public static long TrainingUnits(IReadOnlyList<int[]> documents) => documents.Count * UnitsPerDocument;

    private static long Tokens(Laboratory laboratory, Language language) => laboratory.Texts.Test(language).Sum(d => d.Length - 1L);
}
