using Repro.Harness.Measuring;
using Repro.Harness.Papers;

namespace Repro.Harness.Verification;

/// <summary>How far a run is.</summary>
/// <param name="Done">Units of work done; one unit is one token read forward.</param>
/// <param name="Total">Units of the whole run.</param>
/// <param name="Activity">What is being done, in a few words.</param>
public readonly record struct RunProgress(long Done, long Total, string Activity);

/// <summary>How much work tables are, in tokens read forward.</summary>
internal static class WorkPlan
{
    public static long Units(ModelSession session, IReadOnlyList<PaperTable> tables)
    {
        long measuring = tables.SelectMany(t => t.Plan.Cells).DistinctBy(c => (c.Condition.Id, c.Text)).Sum(c => session.Texts.Test(c.Text, c.Condition).Sum(d => d.Length - 1L));
        long training = PlannedRun.Of(tables.Select(t => t.Plan)).Sum(run => run.Documents * WorkUnits.PerDocument);
        long quantities = tables.SelectMany(t => t.Plan.Quantities).DistinctBy(q => q.Id).Count() * WorkUnits.PerQuantity;
        return measuring + training + quantities + (tables.Any(t => t.Plan.NeedsImportance) ? session.Importance.Cost(RegionSpec.Sources(session.Profile.Texts, tables.SelectMany(t => t.Plan.Regions))) : 0);
    }
}
