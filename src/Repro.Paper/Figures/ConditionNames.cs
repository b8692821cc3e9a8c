using System.Globalization;
using Repro.Engine.Importance;
using Repro.Engine.Training;
using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Figures;

/// <summary>Conditions in the paper's words, for the legends and axes of figures.</summary>
internal static class ConditionNames
{
    /// <summary>A condition's name.</summary>
    public static string Of(Condition condition) => condition switch
    {
        Unedited => "Base",
        RegionRemoval { Kind: RegionKind.Random } r => $"Random {Percent(r.Ratio)}",
        RegionRemoval { Score: not ImportanceScore.FirstOrder } r => $"Top {Percent(r.Ratio)} by {r.Score.ToString().ToLowerInvariant()} alone",
        RegionRemoval r => $"{r.Kind} {Percent(r.Ratio)}",
        DimensionReinitialised d => $"dimension {d.Dimension}",
        NormWeightEdited n => string.Create(CultureInfo.InvariantCulture, $"layer {n.Layer}, {n.Dimension} {Of(n.Change)}"),
        _ => condition.Id,
    };

    /// <summary>A training run's name.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="withRate">Whether runs at several learning rates stand side by side.</param>
    public static string Of(TrainingPlan plan, bool withRate)
    {
        string run = (plan.Treatment, plan.Region) switch
        {
            (RegionTreatment.None, _) or (_, null) => "all trained",
            (RegionTreatment.RemovedAndFrozen, { } region) => $"{region.Kind} & Freeze",
            (RegionTreatment.RemovedAndTrained, { } region) => $"{region.Kind} & Unfreeze, {(plan.Masters == MasterReading.TrueZero ? "true zero" : "masters restored")}",
            (RegionTreatment.Frozen, { } region) => $"{region.Kind} {Percent(region.Ratio)} frozen",
            (_, { } region) => string.Create(CultureInfo.InvariantCulture, $"{region.Kind} {Percent(region.Ratio)} at {plan.Factor:0.##} of the rate"),
        };
        string replay = plan.Replay > 0 ? $", {Percent(plan.Replay)} replayed" : "";
        return run + replay + (withRate ? string.Create(CultureInfo.InvariantCulture, $", rate {plan.LearningRate:0.####e+0}") : "");
    }

    private static string Of(WeightEdit change) => change switch
    {
        WeightEdit.Reset => "set to 1",
        WeightEdit.TimesTen => "× 10",
        _ => "× 4",
    };

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");
}
