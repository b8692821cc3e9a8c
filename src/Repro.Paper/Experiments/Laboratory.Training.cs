using Repro.Engine.Evaluation;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Training;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;
using Repro.Paper.Results;

namespace Repro.Paper.Experiments;

/// <content>Further training, stop by stop.</content>
public sealed partial class Laboratory
{
    private bool RecallRun(FurtherTrained[] stops, IReadOnlyList<Language> languages, Action<long, string>? progress)
    {
        (FurtherTrained Stop, Language Language, StoredScores? Stored)[] wanted =
        [
            .. from stop in stops
               from language in languages
               where !measurements.ContainsKey((stop.Id, language.Key))
               select (stop, language, setup.Store.Find<StoredScores>(keys.Of(stop, language))),
        ];
        if (wanted.Any(w => w.Stored is null))
            return false;
        foreach ((FurtherTrained stop, Language language, StoredScores? stored) in wanted)
            Keep(stop, language, stored!.ToMeasurement(), progress);
        progress?.Invoke(wanted.Length == 0 ? 0 : WorkPlan.TrainingUnits(Texts.Further(stops[0].Plan.Language)), stops[0].Plan.Id);
        return true;
    }

    private void Train(TrainedRun run, IReadOnlyList<Language> languages, Action<long, string>? progress, CancellationToken cancellation)
    {
        using LlamaModel copy = Copy(TorchSharp.torch.ScalarType.BFloat16);

        // Trained as the paper trains, measured as everything else is.
        using LlamaModel measured = Copy(null);
        void Report(long units, string activity)
        {
            lock (measurements)
                progress?.Invoke(units, activity);
        }

        TrainingSnapshot snapshot = Snapshot(run.Stops[0], Math.Max(1, run.Training.Settings.Steps / Profile.Training.SnapshotParts));
        run.Training.Run(
            copy,
            [.. run.Stops.Select(s => s.Documents)],
            documents =>
            {
                FurtherTrained stop = run.Stops.Single(s => s.Documents == documents);
                Language[] missing = [.. languages.Where(language => !Recalled(stop, language, progress))];
                if (missing.Length > 0)
                    measured.Parameters.SetAll(copy.Parameters);
                foreach (Language language in missing)
                {
                    Measurement measurement = Evaluator.Measure(measured, Texts.Test(language), cancellation: cancellation);
                    lock (measurements)
                    {
                        setup.Store.Keep(keys.Of(stop, language), StoredScores.Of(measurement));
                        Keep(stop, language, measurement, progress);
                    }
                }
            },
            _ => Report(WorkPlan.UnitsPerDocument * Profile.Training.BatchSize, run.Stops[0].Plan.Id),
            snapshot,
            documents => run.Stops.Where(s => s.Documents == documents).All(stop => languages.All(language => Recalled(stop, language, progress))),
            cancellation);
    }

    private bool Recalled(FurtherTrained stop, Language language, Action<long, string>? progress)
    {
        lock (measurements)
        {
            if (setup.Store.Find<StoredScores>(keys.Of(stop, language)) is not { } stored)
                return false;
            Keep(stop, language, stored.ToMeasurement(), progress);
            return true;
        }
    }

    // A damaged snapshot costs the steps it stands for, not the run.
    private TrainingSnapshot Snapshot(FurtherTrained run, int stepsBetween)
    {
        string key = keys.OfTraining(run);
        TrainingSnapshot snapshot = new(setup.Store.Artifacts.PlaceOf(key).Path, key, stepsBetween);
        try
        {
            snapshot.StepsTaken();
        }
        catch (InputException e)
        {
            setup.Store.Artifacts.Report($"{e.Message.TrimEnd('.')} (the run begins anew).");
            snapshot.Remove();
        }

        return snapshot;
    }

    private sealed record TrainedRun(FurtherTraining Training, FurtherTrained[] Stops);
}
