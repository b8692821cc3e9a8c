using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Training;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Profiles;
using Repro.Papers.LinguisticRegions.Tables;

namespace Repro.Papers.LinguisticRegions.Tests.Conditions;

public sealed class ConditionTests
{
    private const WeightRole Output = WeightRole.AttentionOutput;
    private const WeightRole Down = WeightRole.Down;
    private static readonly WeightRole[] Readers = [WeightRole.Query, WeightRole.Key, WeightRole.Value];

    private static Condition[] All { get; } = [.. Tested.Tables.SelectMany(t => t.Plan.Conditions).Distinct()];

    [Test]
    public void Different_conditions_have_different_ids()
    {
        All.Should().HaveCountGreaterThan(200);
        All.GroupBy(c => c.Id).Where(g => g.Count() > 1).Select(g => g.Key).Should().BeEmpty();
    }

    [Test]
    public void Different_training_plans_have_different_ids()
    {
        TrainingPlan[] plans = [.. All.OfType<FurtherTrained>().Select(c => c.Plan).Distinct()];
        plans.Select(p => (p.Id, p.Repeated)).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(15);
    }

    [Test]
    public void No_table_measures_a_condition_twice() =>
        Tested.Tables.Should().OnlyContain(t => t.Plan.Conditions.Distinct().Count() == t.Plan.Conditions.Count);

    [Test]
    public void Every_draw_of_a_random_condition_has_its_own_id()
    {
        Profile profile = PaperProfiles.Tiny;
        Ids(new RegionRemoval(RegionKind.Random, 0.03).Draws(profile)).Should().HaveCount(profile.RandomDraws);
        Ids(new DimensionRemoval(DimensionScope.Attention, DimensionKind.Random, 3).Draws(profile)).Should().HaveCount(profile.RandomDraws);
        Ids(new MatchedRandomRemoval(new RegionSpec(RegionKind.Top, 0.03), RegionMatch.Rows).Draws(profile)).Should().HaveCount(profile.RandomDraws);
        Ids(new RegionRemoval(RegionKind.Top, 0.03).Draws(profile)).Should().HaveCount(1);

        static IEnumerable<string> Ids(IEnumerable<Condition> draws) => draws.Select(d => d.Id).Distinct();
    }

    [Test]
    public void What_no_reading_of_importance_decides_is_shared_between_readings() =>
        All.Where(c => !c.Readings.Contains(Reading.Importance)).Should().OnlyContain(c =>
            c is Unedited
            || (c is RegionRemoval && c.Id.StartsWith("random"))
            || (c is DimensionRemoval && c.Id.Contains("random"))
            || (c is FurtherTrained && (c.Id.Contains("all trained") || c.Id.Contains("random"))));

    // Appendix D: a column of q, k or v is a head's, and a head is a stored row.
    [TestCase(DimensionScope.AttentionAndFeedForward, AxisReading.AppendixD, MatrixAxis.Row, MatrixAxis.Column)]
    [TestCase(DimensionScope.Attention, AxisReading.AppendixD, MatrixAxis.Row, MatrixAxis.Column)]
    [TestCase(DimensionScope.AttentionInverted, AxisReading.AppendixD, MatrixAxis.Column, MatrixAxis.Row)]
    [TestCase(DimensionScope.AttentionAndFeedForward, AxisReading.Stored, MatrixAxis.Column, MatrixAxis.Row)]
    [TestCase(DimensionScope.Attention, AxisReading.Stored, MatrixAxis.Column, MatrixAxis.Row)]
    [TestCase(DimensionScope.AttentionInverted, AxisReading.Stored, MatrixAxis.Row, MatrixAxis.Column)]
    public void Matrices_lose_the_stored_axis_of_the_papers_rows_and_columns(DimensionScope scope, AxisReading reading, MatrixAxis readers, MatrixAxis output)
    {
        Dictionary<WeightRole, MatrixAxis> axes = new DimensionRemoval(scope, DimensionKind.Top, 1).Matrices(reading).ToDictionary(m => m.Matrix, m => m.Axis);
        foreach (WeightRole reader in Readers)
            axes[reader].Should().Be(readers, reader.ToString());
        axes[Output].Should().Be(output);
        if (scope == DimensionScope.AttentionAndFeedForward)
            axes.Should().HaveCount(5).And.Contain(Down, readers, "Table 3 removes columns of q, k, v and down alike");
        else
            axes.Should().HaveCount(4);
    }

    [Test]
    public void The_axis_reading_is_part_of_what_removed_dimensions_depend_on()
    {
        DimensionRemoval removal = new(DimensionScope.Attention, DimensionKind.Random, 1);
        PaperProfiles.Tiny.Readings.Describe(removal.Readings).Should().NotBe(PaperProfiles.Tiny.With(PaperReadings.Axis, AxisReading.Stored).Readings.Describe(removal.Readings));
    }

    [Test]
    public void The_tiny_profile_trains_on_the_papers_counts_divided_by_250()
    {
        Profile tiny = PaperProfiles.Tiny;
        TrainingScale scale = tiny.Training;
        scale.SamplesPerDocument.Should().Be(250);
        RemoveFreeze.SampleCounts.Select(scale.Documents).Should().Equal(0, 8, 20, 40, 80, 200, 800);
        (tiny.FurtherDocuments("zh"), tiny.FurtherDocuments("ar")).Should().Be((800, 400));
        (Settings(tiny, "zh", 1e-3).Steps, Settings(tiny, "ar", 1e-3).Steps).Should().Be((800, 400));
        double[] rates = [.. Tested.Table("figure-05").Plan.Conditions.OfType<FurtherTrained>().Select(c => c.Plan.LearningRate).Distinct()];
        rates.Should().HaveCount(2).And.HaveElementAt(0, scale.LearningRate);
        rates[1].Should().BeApproximately(scale.LearningRate / 10, 1e-15);
    }

    [Test]
    public void At_full_size_training_has_the_papers_counts_and_optimizer()
    {
        Profile full = PaperProfiles.Tiny with { Training = PaperProfiles.Tiny.Training with { SamplesPerDocument = 1, BatchSize = 256 } };
        RemoveFreeze.SampleCounts.Select(full.Training.Documents).Should().Equal(0, 2_000, 5_000, 10_000, 20_000, 50_000, 200_000);

        TrainingSettings settings = Settings(full, "zh", 5e-5);
        settings.Steps.Should().Be(781);
        (settings.WarmUpSteps, settings.Beta1, settings.Beta2, settings.WeightDecay, settings.ClipNorm).Should().Be((100, 0.9, 0.95, 0.001, 1.0));
    }

    [Test]
    public void Every_stop_of_tables_2_and_6_is_measured_on_each_of_the_four_runs()
    {
        foreach (string table in new[] { "table-02", "table-06" })
        {
            FurtherTrained[] conditions = [.. Tested.Table(table).Plan.Conditions.OfType<FurtherTrained>()];
            conditions.GroupBy(c => c.Plan).Should().HaveCount(4, table)
                .And.OnlyContain(run => run.Select(c => c.DocumentsSeen).SequenceEqual(RemoveFreeze.SampleCounts.Select(PaperProfiles.Tiny.Training.Documents)));
            conditions.Select(c => c.Plan.Masters).Distinct().Should().BeEquivalentTo([MasterReading.TrueZero, MasterReading.MastersRestored], table);
        }
    }

    [Test]
    public void Under_several_seeds_tables_2_and_6_end_at_a_quarter_of_the_run_and_the_model_before_training_is_measured_once()
    {
        foreach (string table in new[] { "control-seeds-table-02", "control-seeds-table-06" })
        {
            MeasurementPlan plan = Tested.Table(table).Plan;
            FurtherTrained[] conditions = [.. plan.Conditions.OfType<FurtherTrained>()];
            conditions.GroupBy(c => (c.Plan, c.Draw)).Should().HaveCount(4 * 6, table)
                .And.OnlyContain(run => run.Select(c => c.DocumentsSeen).SequenceEqual(new[] { 0, 8, 20, 40, 80, 200 }));
            PlannedRun.Of([plan]).Should().OnlyContain(run => run.Documents == 200 && run.Stops.All(s => s.RandomDraw == null));
            conditions.Select(c => c.State.Id).Distinct().Should().HaveCount(4 * (1 + (6 * 5)), "seeds differ from the first step on");
        }
    }

    [Test]
    public void Each_run_of_figure_5_and_beyond_is_measured_at_its_quarters_under_every_seed()
    {
        foreach (string id in new[] { "figure-05", "beyond-slowed", "beyond-replay", "control-frozen" })
        {
            FurtherTrained[] conditions = [.. Tested.Table(id).Plan.Conditions.OfType<FurtherTrained>()];
            foreach (IGrouping<(TrainingPlan, int), FurtherTrained> run in conditions.GroupBy(c => (c.Plan, c.Draw)))
            {
                int documents = 400 + (int)(400 * run.Key.Item1.Replay);
                run.Select(c => c.DocumentsSeen).Should().Equal(0, documents / 4, documents / 2, documents * 3 / 4, documents);
                run.Select(c => c.RandomDraw is not null).Should().Equal(false, true, true, false, false);
            }

            conditions.Select(c => c.Draw).Distinct().Should().Equal(0, 1, 2, 3, 4, 5);
        }
    }

    [Test]
    public void A_frozen_random_region_is_another_one_under_each_seed()
    {
        TrainingPlan plan = new("ar", 1e-3, RegionTreatment.Frozen, new RegionSpec(RegionKind.Random, 0.05)) { Repeated = true };
        new FurtherTrained(plan, 0, Draw: 2).Regions.Single().Draw.Should().Be(2);
        new FurtherTrained(plan with { Region = new RegionSpec(RegionKind.Top, 0.05) }, 0, Draw: 2).Regions.Single().Draw.Should().Be(0);
    }

    [Test]
    public void A_frozen_random_region_of_a_languages_size_is_another_run_and_needs_the_languages_region()
    {
        TrainingPlan plan = new("ar", 1e-3, RegionTreatment.Frozen, new RegionSpec(RegionKind.Random, 0.05)) { Repeated = true };
        TrainingPlan like = plan with { Region = new RegionSpec(RegionKind.Random, 0.05, Own: "ar") };
        (plan.Id, like.Id).Should().Be(("ar at 1e-3, random 5% frozen", "ar at 1e-3, random 5% as large as ar frozen"));
        new FurtherTrained(like, 0, Draw: 2).Regions.Select(r => r.Id).Should().Equal("random 5% draw 2 as large as ar", "top 5% ar large");
    }

    private static TrainingSettings Settings(Profile profile, string language, double rate) =>
        new FurtherTrained(new TrainingPlan(language, rate), 0).Settings(profile, profile.FurtherDocuments(language));
}
