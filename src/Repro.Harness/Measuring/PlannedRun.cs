using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>A training run with what is measured on its way.</summary>
/// <param name="Stops">Its stops.</param>
/// <param name="Texts">The texts that each stop is measured on.</param>
/// <param name="Displacements">What is kept of how far it moves the weights.</param>
public sealed record PlannedRun(IReadOnlyList<TrainedCondition> Stops, IReadOnlyList<TestText> Texts, IReadOnlyList<Displacement> Displacements)
{
    /// <summary>Name of the run.</summary>
    public string Name => Stops[0].Run;

    /// <summary>Documents that it trains on: none beyond its last stop.</summary>
    public int Documents => Stops[^1].DocumentsSeen;

    /// <summary>The runs of several plans; one that several plans have is trained once, and measured at the stops and on the texts of all.</summary>
    public static IReadOnlyList<PlannedRun> Of(IEnumerable<MeasurementPlan> plans) =>
    [
        .. plans.SelectMany(plan => plan.Runs.Select(stops => (stops, plan))).GroupBy(run => run.stops[0].Run).Select(same => new PlannedRun(
            [.. same.SelectMany(run => run.stops).DistinctBy(stop => stop.Id).OrderBy(stop => stop.DocumentsSeen)],
            [.. same.SelectMany(run => run.plan.Texts).Distinct()],
            [.. same.SelectMany(run => run.plan.Displacements).Where(d => d.Stop.Run == same.Key).DistinctBy(d => d.Id)])),
    ];
}
