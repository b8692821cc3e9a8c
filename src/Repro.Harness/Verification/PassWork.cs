using Repro.Engine.Models;
using Repro.Harness.Measuring;
using Repro.Harness.Papers;
using Repro.Harness.Texts;

namespace Repro.Harness.Verification;

/// <summary>Cuts a pass into units of work that any machine can do.</summary>
internal static class PassWork
{
    private const int TextsPerGroup = 10;

    /// <summary>The units of a pass, stage by stage; a stage needs those before it.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="config">The model's shape.</param>
    public static IEnumerable<WorkUnit> Units(VerificationPass pass, LlamaConfig config)
    {
        RunConfiguration configuration = pass.Configuration;
        DocumentSource texts = new(configuration.Profile, configuration.Corpus, configuration.FurtherCorpus, configuration.Checkpoint, config);
        VerificationScope scope = new(pass.Paper, configuration, config, texts, pass.Claims);
        if (scope.Tables.Count == 0)
            yield break;

        // The weights are the same in every pass but the untrained one, so that equal keys are equal results.
        MeasurementKeys keys = new(configuration, texts, config, configuration.Untrained ? "untrained" : "as they are");
        IReadOnlyList<RegionSpec> regions = scope.Regions;
        if (scope.Tables.Any(t => t.Plan.NeedsImportance))
        {
            SampleSums[] summed = [.. RegionSpec.Sources(configuration.Profile.Texts, regions)];
            foreach (ImportanceShard shard in GradientSumStore.Shards(configuration.Profile, summed))
                yield return new WorkUnit(pass, WorkUnit.Importance, shard.ToString(), [keys.OfShard(shard)], (session, context) => session.Importance.Make(shard, context));
            foreach (SampleSums sums in summed)
            {
                string[] parts = [.. GradientSumStore.Shards(configuration.Profile, sums).GroupBy(s => s.Part).Select(part => keys.OfShards([.. part]))];
                yield return new WorkUnit(pass, WorkUnit.Reduce, $"sums of {sums.Text.Name}", parts, (session, context) => session.Importance.Reduce(sums, context));
            }

            yield return new WorkUnit(pass, WorkUnit.Regions, $"{regions.Count} regions", [.. regions.Select(keys.OfRegion)], (session, context) => session.Regions.Select(regions, context));
        }

        foreach ((string title, MeasurementPlan plan) in Plans(scope.Tables))
        {
            string[] results = [.. plan.Cells.Select(c => keys.Of(c.Condition, c.Text)), .. plan.Displacements.Select(keys.Of), .. plan.Quantities.Select(q => keys.Of(q.Measure, "quantity", q.Id))];
            yield return new WorkUnit(pass, WorkUnit.Measure, title, results, (session, context) => new MeasurementCache(session).Measure(plan, regions, context));
        }
    }

    // A condition on a group of texts, a training run, or a table's other numbers.
    private static IEnumerable<(string Title, MeasurementPlan Plan)> Plans(IReadOnlyList<PaperTable> tables)
    {
        IEnumerable<(Condition Condition, TestText Text)> cells = tables.SelectMany(t => t.Plan.Cells).Distinct();
        ILookup<string, Displacement> displacements = tables.SelectMany(t => t.Plan.Displacements).DistinctBy(d => d.Id).ToLookup(d => d.Stop.Work);
        foreach (IGrouping<string, (Condition Condition, TestText Text)> work in cells.GroupBy(c => c.Condition.Work))
        {
            Condition[] conditions = [.. work.Select(c => c.Condition).Distinct()];
            TestText[] texts = [.. work.Select(c => c.Text).Distinct()];

            // A training run stops to measure on all of its texts.
            foreach (TestText[] group in texts.Chunk(conditions.Length > 1 ? texts.Length : TextsPerGroup))
                yield return ($"{work.Key} on {string.Join(", ", group.Select(t => t.Key))}", new MeasurementPlan(conditions, group) { Displacements = [.. displacements[work.Key]] });
        }

        foreach (PaperTable table in tables)
        {
            // What is read from training runs is left to the verdict, which comes after all of them.
            Quantity[] quantities = [.. table.Plan.Quantities.Where(q => !q.ReadsTraining)];
            if (quantities.Length > 0)
                yield return ($"numbers of {table.Id}", new MeasurementPlan([], []) { Quantities = quantities });
        }
    }
}
