using System.Collections.Concurrent;
using Repro.Engine.Evaluation;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Training;
using Repro.Harness.Store;
using Repro.Harness.Texts;
using static TorchSharp.torch;

namespace Repro.Harness.Measuring;

/// <summary>Further training, stop by stop; runs that read the same documents are trained together. What a stop was measured at is kept at once, so that a killed run goes on.</summary>
/// <param name="session">The checkpoint.</param>
/// <param name="store">Where measurements are kept.</param>
internal sealed class TrainingSession(ModelSession session, ResultStore store)
{
    private readonly Lock reporting = new();

    // A stop is measured in the checkpoint's own type, as everything else is.
    private readonly ConcurrentBag<LlamaModel> measuring = [];

    // Before the first step, all runs that remove nothing have the same weights.
    private readonly ConcurrentDictionary<(string Text, int? Draw), Lazy<Measurement>> atStart = [];

    /// <summary>Trains runs and measures every stop of theirs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="context">Progress and cancellation.</param>
    public void Train(IReadOnlyCollection<PlannedRun> runs, RunContext context)
    {
        try
        {
            StackedTraining.Run(() => session.Copy(ScalarType.BFloat16), runs.Select(run => Run(run, context)), context.Cancellation);
        }
        finally
        {
            foreach (LlamaModel model in measuring)
                model.Dispose();
            measuring.Clear();
        }
    }

    private StackedRun Run(PlannedRun run, RunContext context)
    {
        (IReadOnlyList<TrainedCondition> stops, IReadOnlyList<TestText> texts, _) = run;
        Moves[] moves = [.. run.Displacements.Select(d => new Moves(d, [.. d.Regions.Select(session.Regions.Get)]))];
        FurtherTraining training = stops[0].Training(session.Regions, session.Texts) with { EndsAfter = run.Documents };
        return new StackedRun
        {
            Training = training,
            MeasureAfter = [.. stops.Select(s => s.DocumentsSeen)],
            Measure = (documents, copyWeights) => Measure(
                stops.Single(s => s.DocumentsSeen == documents), texts, [.. moves.Where(m => m.Of.Stop.DocumentsSeen == documents)], copyWeights, documents == 0 && training.Removed is null, context),
            Progress = tokens =>
            {
                session.Work.Trained(tokens);
                lock (reporting)
                    context.Progress?.Invoke(WorkUnits.PerDocument * session.Profile.Training.BatchSize, stops[0].Run);
            },
            Snapshot = Snapshot(stops[0], Math.Max(1, run.Documents / training.Settings.BatchSize / session.Profile.Training.SnapshotParts)),
            IsMeasured = documents => stops.Where(s => s.DocumentsSeen == documents).All(stop => texts.All(text => IsKept(stop, text)))
                && moves.Where(m => m.Of.Stop.DocumentsSeen == documents).All(IsKept),
        };
    }

    private void Measure(TrainedCondition stop, IReadOnlyList<TestText> texts, IReadOnlyList<Moves> moves, CopyWeights copyWeights, bool isStart, RunContext context)
    {
        Moves[] unknown = [.. moves.Where(m => !IsKept(m))];
        TestText[] missing = [.. texts.Where(text => !IsKept(stop, text))];
        lock (reporting)
        {
            foreach (TestText kept in texts.Except(missing))
                context.Progress?.Invoke(session.Texts.Test(kept, stop).Sum(d => d.Length - 1L), $"{stop.Id}: {kept.Name}");
        }

        if (missing.Length == 0 && unknown.Length == 0)
            return;
        LlamaModel model = measuring.TryTake(out LlamaModel? free) ? free : session.Copy(null);
        try
        {
            copyWeights(model.Parameters);
            foreach (Moves move in unknown)
                Keep(move, model);
            IReadOnlyList<Measurement> measured = isStart ? [.. missing.Select(text => AtStart(model, stop, text, context))] : Measured(model, stop, missing, context);
            foreach ((TestText text, Measurement measurement) in missing.Zip(measured))
            {
                lock (reporting)
                {
                    store.Keep(session.Keys.Of(stop, text), StoredScores.Of(measurement));
                    context.Progress?.Invoke(measurement.Tokens, $"{stop.Id}: {text.Name}");
                }
            }
        }
        finally
        {
            measuring.Add(model);
        }
    }

    private Measurement AtStart(LlamaModel model, TrainedCondition stop, TestText text, RunContext context) =>
        atStart.GetOrAdd((text.Key, stop.RandomDraw), _ => new Lazy<Measurement>(() => Measured(model, stop, [text], context)[0])).Value;

    private IReadOnlyList<Measurement> Measured(LlamaModel model, TrainedCondition stop, TestText[] texts, RunContext context)
    {
        if (texts.Length == 0)
            return [];
        IReadOnlyList<int[]>[] documents = [.. texts.Select(text => session.Texts.Test(text, stop))];
        IReadOnlyList<Measurement> measured = Evaluator.MeasureAll(model, documents, cancellation: context.Cancellation);
        foreach (IReadOnlyList<int[]> read in documents)
            session.Work.Read(read);
        return measured;
    }

    // What training begins with is the checkpoint in the type that is trained.
    private void Keep(Moves moves, LlamaModel now)
    {
        using LlamaModel before = session.Copy(ScalarType.BFloat16);
        Moved moved = Moved.Between(before.Parameters, now.Parameters, moves.Regions);
        lock (reporting)
            store.Keep(session.Keys.Of(moves.Of), moved);
    }

    private bool IsKept(Moves moves)
    {
        lock (reporting)
            return store.Find<Moved>(session.Keys.Of(moves.Of)) is not null;
    }

    private bool IsKept(TrainedCondition stop, TestText text)
    {
        lock (reporting)
            return store.Find<StoredScores>(session.Keys.Of(stop, text)) is not null;
    }

    // A damaged snapshot costs the steps it stands for, not the run.
    private TrainingSnapshot Snapshot(TrainedCondition run, int stepsBetween)
    {
        string key = session.Keys.OfTraining(run);
        TrainingSnapshot snapshot = new(store.Artifacts.PlaceOf(key).Path, key, stepsBetween);
        try
        {
            snapshot.StepsTaken();
        }
        catch (InputException e)
        {
            store.Artifacts.Report($"{e.Message.TrimEnd('.')} (the run begins anew).");
            snapshot.Remove();
        }

        return snapshot;
    }

    private sealed record Moves(Displacement Of, IReadOnlyList<Region> Regions);
}
