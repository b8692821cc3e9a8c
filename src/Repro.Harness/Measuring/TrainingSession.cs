using Repro.Engine.Evaluation;
using Repro.Engine.Models;
using Repro.Engine.Files;
using Repro.Engine.Training;
using Repro.Harness.Store;
using Repro.Harness.Texts;
using static TorchSharp.torch;

namespace Repro.Harness.Measuring;

/// <summary>Further training, stop by stop, several runs side by side. What a stop was measured at is kept at once, so that a killed run goes on.</summary>
/// <param name="session">The checkpoint.</param>
/// <param name="store">Where measurements are kept.</param>
internal sealed class TrainingSession(ModelSession session, ResultStore store)
{
    private readonly Lock reporting = new();

    /// <summary>Trains runs and measures every stop of theirs.</summary>
    /// <param name="runs">The runs, each with its stops.</param>
    /// <param name="texts">The texts that each stop is measured on.</param>
    /// <param name="context">Progress and cancellation.</param>
    public void Train(IReadOnlyCollection<TrainedCondition[]> runs, IReadOnlyList<TestText> texts, RunContext context)
    {
        // Regions come from one model; they are selected before runs begin side by side.
        (FurtherTraining Training, TrainedCondition[] Stops)[] prepared = [.. runs.Select(stops => (stops[0].Training(session.Regions, session.Texts), stops))];
        ParallelRuns.ForEach(prepared, ParallelRuns.Degree(session.Config, session.Plan.Devices.First), run => Train(run.Training, run.Stops, texts, context));
    }

    private void Train(FurtherTraining training, TrainedCondition[] stops, IReadOnlyList<TestText> texts, RunContext context)
    {
        using LlamaModel copy = session.Copy(ScalarType.BFloat16);

        // Trained as the paper trains, measured as everything else is.
        using LlamaModel measured = session.Copy(null);
        TrainingSnapshot snapshot = Snapshot(stops[0], Math.Max(1, training.Settings.Steps / session.Profile.Training.SnapshotParts));
        training.Run(
            copy,
            [.. stops.Select(s => s.DocumentsSeen)],
            documents =>
            {
                TrainedCondition stop = stops.Single(s => s.DocumentsSeen == documents);
                TestText[] missing = [.. texts.Where(text => !IsKept(stop, text))];
                if (missing.Length > 0)
                    measured.Parameters.SetAll(copy.Parameters);
                foreach (TestText text in missing)
                {
                    Measurement measurement = Evaluator.Measure(measured, session.Texts.Test(text), cancellation: context.Cancellation);
                    session.Work.Read(session.Texts.Test(text));
                    lock (reporting)
                    {
                        store.Keep(session.Keys.Of(stop, text), StoredScores.Of(measurement));
                        context.Progress?.Invoke(measurement.Tokens, $"{stop.Id}: {text.Name}");
                    }
                }
            },
            tokens =>
            {
                session.Work.Trained(tokens);
                lock (reporting)
                    context.Progress?.Invoke(WorkUnits.PerDocument * session.Profile.Training.BatchSize, stops[0].Run);
            },
            snapshot,
            documents => stops.Where(s => s.DocumentsSeen == documents).All(stop => texts.All(text => IsKept(stop, text))),
            context.Cancellation);
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
}
