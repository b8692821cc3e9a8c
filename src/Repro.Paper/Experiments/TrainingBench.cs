using Repro.Engine.Regions;
using Repro.Engine.Training;
using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Experiments;

/// <summary>Turns a training plan of the paper into a run of the engine.</summary>
internal static class TrainingBench
{
    public static FurtherTraining Of(Laboratory laboratory, TrainingPlan plan)
    {
        IReadOnlyList<int[]> documents = Documents(laboratory.Texts, plan);
        Region? region = plan.Region is { } removal && plan.Treatment != RegionTreatment.None ? laboratory.Regions.Get(removal) : null;
        bool removed = plan.Treatment is RegionTreatment.RemovedAndFrozen or RegionTreatment.RemovedAndTrained;
        bool frozen = plan.Treatment is RegionTreatment.RemovedAndFrozen or RegionTreatment.Frozen;
        return new FurtherTraining
        {
            Documents = documents,
            Settings = laboratory.Profile.Training.Settings(documents.Count, plan.LearningRate, laboratory.Profile.Seed),
            Removed = removed ? region : null,
            Masters = plan.Masters,
            Frozen = frozen ? region : null,
            Slowed = plan.Treatment == RegionTreatment.Slowed && region is not null ? (region, plan.Factor) : null,
        };
    }

    /// <summary>The documents of a plan: the further text, and its share of replayed ones on top.</summary>
    public static IReadOnlyList<int[]> Documents(TextLibrary texts, TrainingPlan plan)
    {
        IReadOnlyList<int[]> further = texts.Further(plan.Language);
        return [.. further, .. texts.Replay(plan.Language, (int)Math.Round(plan.Replay * further.Count))];
    }
}
