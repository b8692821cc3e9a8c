using Repro.Engine.Evaluation;
using Repro.Harness.Store;
using Repro.Harness.Texts;

namespace Repro.Harness.Measuring;

/// <summary>Measures what a plan needs, or recalls it: nothing is measured twice.</summary>
/// <param name="session">The checkpoint.</param>
public sealed class MeasurementCache(ModelSession session)
{
    private readonly ResultStore store = session.Configuration.Store;
    private readonly HashSet<string> trained = new(StringComparer.Ordinal);

    /// <summary>What has been measured so far.</summary>
    public MeasurementSet Measured { get; private set; } = new() { VocabularySize = session.Config.VocabularySize, Perplexity = session.Profile.Perplexity, Shares = session.Profile.Shares };

    /// <summary>Measures all that a plan needs and was not measured before.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="regions">Regions that this and later plans need, selected together so that importance is read once.</param>
    /// <param name="context">Progress and cancellation.</param>
    public MeasurementSet Measure(MeasurementPlan plan, IReadOnlyList<RegionSpec> regions, RunContext context)
    {
        MeasurementSet set = Measured;
        foreach (TestText text in plan.Texts.Where(t => !set.HasFacts(t)))
            set = set.With(text, FactsOf(text));
        if (plan.NeedsImportance)
            SelectRegions(regions, context);

        foreach (EditedCondition condition in plan.Conditions.OfType<EditedCondition>())
            set = Measure(set, condition, plan.Texts, context);
        set = Train(set, plan, context);
        foreach (Quantity quantity in plan.Quantities.Where(q => !set.HasQuantity(q.Id)))
        {
            Resampled Make() => quantity.Measure(session, context);
            set = set.With(quantity.Id, quantity.ReadsTraining ? Make() : session.Result("quantity", quantity.Id, Make));
            context.Progress?.Invoke(WorkUnits.PerQuantity, quantity.Id);
        }

        return Measured = set;
    }

    /// <summary>Trains the runs of plans that are measured later: runs that read the same documents are trained together, whichever plan they are of.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="regions">Regions that are selected together.</param>
    /// <param name="context">Progress and cancellation.</param>
    public void TrainAhead(IReadOnlyCollection<MeasurementPlan> plans, IReadOnlyList<RegionSpec> regions, RunContext context)
    {
        if (plans.Any(p => p.NeedsImportance))
            SelectRegions(regions, context);
        Train(plans, context);
    }

    /// <summary>Adds what goldens and reports show beside the numbers of a plan that is measured: regions, texts that the model writes, pictures.</summary>
    public MeasurementSet Describe(MeasurementPlan plan, RunContext context)
    {
        MeasurementSet set = Measured;
        foreach (RegionSpec region in plan.DescribedRegions)
            set = set.With(region, session.Result("region", region.Id, () => session.Regions.Facts(region)));
        foreach (WrittenText written in plan.Written)
            set = set.WithWritten(written.Id, written.Write(session, context));
        return Measured = plan.DensityMaps is { } draw ? set with { DensityMaps = [.. draw(session)] } : set;
    }

    private TextFacts FactsOf(TestText text)
    {
        IReadOnlyList<int[]> documents = session.Texts.Test(text);
        return new TextFacts(documents.Count, UnigramModel.NatsPerToken(documents), documents.All(d => d[0] == session.Texts.Bos));
    }

    private MeasurementSet Measure(MeasurementSet set, EditedCondition condition, IReadOnlyList<TestText> texts, RunContext context)
    {
        (MeasurementSet known, TestText[] missing) = Recall(set, condition, texts, context);
        if (missing.Length == 0)
            return known;
        IReadOnlyList<(TestText Text, Measurement Measurement)> measured = session.Evaluate(condition, missing, context);
        foreach ((TestText text, Measurement measurement) in measured)
            store.Keep(session.Keys.Of(condition, text), StoredScores.Of(measurement));
        return known.With(measured.Select(m => ((Condition)condition, m.Text, m.Measurement)));
    }

    private void SelectRegions(IReadOnlyList<RegionSpec> regions, RunContext context)
    {
        session.Regions.SumGradients(regions, context);
        session.Regions.Select(regions, context);
    }

    private void Train(IEnumerable<MeasurementPlan> plans, RunContext context)
    {
        PlannedRun[] missing = [.. PlannedRun.Of(plans).Where(run => !IsKept(run))];
        if (missing.Length == 0)
            return;
        new TrainingSession(session, store).Train(missing, context);
        trained.UnionWith(missing.Select(run => run.Name));
    }

    private bool IsKept(PlannedRun run) =>
        run.Stops.All(stop => run.Texts.All(text => Measured.Has(stop, text) || store.Find<StoredScores>(session.Keys.Of(stop, text)) is not null))
        && run.Displacements.All(displacement => store.Find<Moved>(session.Keys.Of(displacement)) is not null);

    private MeasurementSet Train(MeasurementSet set, MeasurementPlan plan, RunContext context)
    {
        Train([plan], context);
        RunContext silent = context with { Progress = null };
        foreach (PlannedRun run in PlannedRun.Of([plan]))
        {
            // What was trained in this session was counted while it was.
            bool isNew = !trained.Contains(run.Name);
            if (isNew && run.Stops.Any(stop => plan.Texts.Any(text => !set.Has(stop, text))))
                context.Progress?.Invoke(run.Documents * WorkUnits.PerDocument, run.Name);
            foreach (TrainedCondition stop in run.Stops)
            {
                (set, TestText[] lost) = Recall(set, stop, plan.Texts, isNew ? context : silent);
                if (lost.Length > 0)
                    throw new InvalidOperationException($"'{stop.Id}' was trained and not measured on {lost[0].Name}.");
            }
        }

        return set;
    }

    // What the store holds of a condition, and the texts that it does not hold.
    private (MeasurementSet Set, TestText[] Missing) Recall(MeasurementSet set, Condition condition, IReadOnlyList<TestText> texts, RunContext context)
    {
        List<(Condition, TestText, Measurement)> found = [];
        List<TestText> missing = [];
        foreach (TestText text in texts.Where(t => !set.Has(condition, t)))
        {
            if (store.Find<StoredScores>(session.Keys.Of(condition, text))?.ToMeasurement() is not { } measurement)
            {
                missing.Add(text);
                continue;
            }

            found.Add((condition, text, measurement));
            context.Progress?.Invoke(measurement.Tokens, $"{condition.Id}: {text.Name}");
        }

        return (set.With(found), [.. missing]);
    }
}
