using System.Globalization;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Engine.Training;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>Turns a training plan of the paper into a run of the engine.</summary>
internal static class TrainingBench
{
    public static FurtherTraining Of(Laboratory laboratory, FurtherTrained run)
    {
        TrainingPlan plan = run.Plan;
        IReadOnlyList<int[]> documents = Documents(laboratory.Texts, plan);
        Region? region = run.Region is { } removal && plan.Treatment != RegionTreatment.None ? laboratory.Regions.Get(removal) : null;
        bool removed = plan.Treatment is RegionTreatment.RemovedAndFrozen or RegionTreatment.RemovedAndTrained;
        bool frozen = plan.Treatment is RegionTreatment.RemovedAndFrozen or RegionTreatment.Frozen;
        return new FurtherTraining
        {
            Documents = documents,
            Settings = Settings(laboratory.Profile, run, documents.Count),
            Removed = removed ? region : null,
            Masters = plan.Masters,
            Frozen = frozen ? region : null,
            Slowed = plan.Treatment == RegionTreatment.Slowed && region is not null ? (region, plan.Factor) : null,
        };
    }

    /// <summary>The settings of a run; its seed is the profile's own for the first.</summary>
    public static TrainingSettings Settings(Profile profile, FurtherTrained run, int documents) => profile.Training.Settings(
        documents, run.Plan.LearningRate, run.Draw == 0 ? profile.Seed : SplitMix.Derive(profile.Seed, string.Create(CultureInfo.InvariantCulture, $"training {run.Draw}")));

    /// <summary>The documents of a plan: the further text, and its share of replayed ones on top.</summary>
    public static IReadOnlyList<int[]> Documents(TextLibrary texts, TrainingPlan plan)
    {
        IReadOnlyList<int[]> further = texts.Further(plan.Language);
        return [.. further, .. texts.Replay(plan.Language, (int)Math.Round(plan.Replay * further.Count))];
    }
}
