using Repro.Engine.Training;
using Repro.Harness.Measuring;
using Repro.Harness.Readings;
using Repro.Harness.Tests.Profiles;

namespace Repro.Harness.Tests.Measuring;

public sealed class MeasurementPlanTests
{
    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.05);
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.05);
    private static readonly RegionRemoval OtherDraw = new(RegionKind.Random, 0.05, draw: 1);

    [Test]
    public void Only_what_importance_decides_needs_it()
    {
        Plan(Condition.Base, Random).NeedsImportance.Should().BeFalse();
        Plan(Condition.Base, Random, Top).NeedsImportance.Should().BeTrue();
        Plan().NeedsImportance.Should().BeFalse();
    }

    [Test]
    public void A_quantity_needs_importance_unless_it_says_otherwise()
    {
        Quantity quantity = new("gini", "", 0, (_, _) => Resampled.Exact(0));
        (Plan(Condition.Base) with { Quantities = [quantity] }).NeedsImportance.Should().BeTrue();
        (Plan(Condition.Base) with { Quantities = [quantity with { Readings = [] }] }).NeedsImportance.Should().BeFalse();
        (Plan(Condition.Base) with { Quantities = [quantity with { Readings = [Reading.Norms] }] }).NeedsImportance.Should().BeFalse();
    }

    [Test]
    public void Its_cells_are_every_condition_on_every_text() =>
        Plan(Condition.Base, Top).Cells.Should().Equal((Condition.Base, HandMadeProfile.First), (Condition.Base, HandMadeProfile.Second), (Top, HandMadeProfile.First), (Top, HandMadeProfile.Second));

    [Test]
    public void Its_regions_are_those_of_its_conditions_once_each_and_of_random_draws_the_first_is_described()
    {
        MeasurementPlan plan = Plan(Condition.Base, Top, Random, OtherDraw, Top);
        plan.Regions.Should().Equal(Top.Region, Random.Region, OtherDraw.Region);
        (plan with { Conditions = [Condition.Base, Top, Random, OtherDraw] }).DescribedRegions.Should().Equal(Top.Region, Random.Region);
    }

    [Test]
    public void The_stops_of_a_training_run_belong_together()
    {
        Stop[] stops = [new("slow", 0), new("fast", 0), new("slow", 10)];
        Plan([Condition.Base, .. stops]).Runs.Select(r => r.Select(s => s.Id)).Should().BeEquivalentTo(new[] { new[] { "slow: 0", "slow: 10" }, ["fast: 0"] });
    }

    [Test]
    public void A_run_of_several_plans_goes_to_the_last_stop_of_all_and_keeps_what_each_asks_for()
    {
        Displacement slow = new(new Stop("slow", 10), [Top.Region]);
        Displacement fast = new(new Stop("fast", 30), [Top.Region]);
        MeasurementPlan first = Plan(new Stop("slow", 20), new Stop("slow", 0)) with { Displacements = [slow] };
        MeasurementPlan second = Plan(new Stop("slow", 10), new Stop("slow", 20), new Stop("fast", 30)) with { Displacements = [slow with { }, fast] };
        IReadOnlyList<PlannedRun> runs = PlannedRun.Of([first, second]);
        runs.Select(r => (r.Name, r.Documents)).Should().Equal(("slow", 20), ("fast", 30));
        runs[0].Stops.Select(s => s.DocumentsSeen).Should().Equal(0, 10, 20);
        runs[0].Displacements.Select(d => d.Id).Should().Equal("slow: 10, moved in top 5% core large");
        runs[1].Displacements.Should().Equal(fast);
    }

    private static MeasurementPlan Plan(params Condition[] conditions) => new(conditions, [HandMadeProfile.First, HandMadeProfile.Second]);

    /// <summary>A stop of a run that is never trained.</summary>
    private sealed record Stop(string Name, int Seen) : TrainedCondition
    {
        public override string Id => $"{Name}: {Seen}";

        public override string Label => Id;

        public override string Run => Name;

        public override int DocumentsSeen => Seen;

        public override FurtherTraining Training(RegionSelector regions, DocumentSource texts) => throw new NotSupportedException();
    }
}
