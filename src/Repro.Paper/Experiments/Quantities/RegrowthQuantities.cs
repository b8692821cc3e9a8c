using System.Globalization;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Training;
using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Experiments.Quantities;

/// <summary>
/// How far training can have moved a zeroed weight by the first count of Tables 2 and 6 (the paper's 2K samples), against how large the removed
/// weights were.
/// </summary>
public static class RegrowthQuantities
{
    /// <summary>Key for a ratio.</summary>
    public static string Key(double ratio) => string.Create(CultureInfo.InvariantCulture, $"reach of 2K samples, top {ratio * 100:0.##}%");

    /// <summary>The quantity for a ratio.</summary>
    public static Quantity Of(double ratio) => new(
        Key(ratio), "largest distance AdamW can have moved a zeroed weight, over the median size of the removed weights", 0.001, (laboratory, _) => Measure(laboratory, ratio));

    private static Resampled Measure(Laboratory laboratory, double ratio)
    {
        TrainingSettings settings = laboratory.Profile.Training.Settings(
            laboratory.Profile.Training.ChineseDocuments, laboratory.Profile.Training.RemoveFreezeRate, laboratory.Profile.Seed);
        int steps = laboratory.Profile.Training.RemoveFreezeStops[1] / laboratory.Profile.Training.BatchSize;
        return Resampled.Exact(UpdateBound.After(settings, steps) / MedianSize(laboratory, ratio));
    }

    private static double MedianSize(Laboratory laboratory, double ratio)
    {
        Region region = laboratory.Regions.Get(new RegionRemoval(RegionKind.Top, ratio));
        double[] sizes = laboratory.Under((EditedCondition)Condition.Base, model => region.Parts.SelectMany(p => Members(model, p.Key, p.Value)).Order().ToArray());
        return sizes[sizes.Length / 2];
    }

    private static IEnumerable<double> Members(LlamaModel model, string name, RegionPart part)
    {
        return model.ValuesAt(name, [.. part.Mask.Members()]).Select(Math.Abs);
    }
}
