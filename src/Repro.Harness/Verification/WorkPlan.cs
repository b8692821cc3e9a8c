using Repro.Harness.Measuring;
using Repro.Harness.Papers;

namespace Repro.Harness.Verification;

/// <summary>How far a run is.</summary>
/// <param name="Done">Units of work done; one unit is one token read forward.</param>
/// <param name="Total">Units of the whole run.</param>
/// <param name="Activity">What is being done, in a few words.</param>
public readonly record struct RunProgress(long Done, long Total, string Activity);

/// <summary>How much work tables are, in tokens read forward.</summary>
public static class WorkPlan
{
    /// <summary>The units of tables.</summary>
    /// <param name="session">The checkpoint.</param>
    /// <param name="tables">The tables.</param>
    public static long Units(ModelSession session, IReadOnlyList<PaperTable> tables) => Units(session, [.. tables.Select(t => t.Plan)]);

    /// <summary>The units of plans; what they share counts once.</summary>
    /// <param name="session">The checkpoint.</param>
    /// <param name="plans">The plans.</param>
    public static long Units(ModelSession session, params IReadOnlyList<MeasurementPlan> plans)
    {
        long measuring = plans.SelectMany(p => p.Cells).DistinctBy(c => (c.Condition.Id, c.Text)).Sum(c => session.Texts.Test(c.Text, c.Condition).Sum(d => d.Length - 1L));
        long training = PlannedRun.Of(plans).Sum(run => run.Documents * WorkUnits.PerDocument);
        long quantities = plans.SelectMany(p => p.Quantities).DistinctBy(q => q.Id).Count() * WorkUnits.PerQuantity;
        return measuring + training + quantities + (plans.Any(p => p.NeedsImportance) ? session.Importance.Cost(RegionSpec.Sources(session.Profile.Texts, plans.SelectMany(p => p.Regions))) : 0);
    }
}
