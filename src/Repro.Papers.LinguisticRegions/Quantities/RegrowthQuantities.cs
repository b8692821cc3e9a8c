using System.Globalization;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Training;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>
/// How far training can have moved a zeroed weight by the first count of Tables 2 and 6 (the paper's 2K samples), against how large the removed
/// weights were.
/// </summary>
public static class RegrowthQuantities
{
    private const int FirstCount = 2_000;

    /// <summary>Key for a ratio.</summary>
    public static string Key(double ratio) => string.Create(CultureInfo.InvariantCulture, $"reach of 2K samples, top {ratio * 100:0.##}%");

    /// <summary>The quantity for a ratio.</summary>
    public static Quantity Of(double ratio) => new(
        Key(ratio), "largest distance AdamW can have moved a zeroed weight, over the median size of the removed weights", 0.001, (session, _) => Measure(session, ratio))
    {
        Regions = [Removed(ratio)],
    };

    private static RegionSpec Removed(double ratio) => new(RegionKind.Top, ratio);

    private static Resampled Measure(ModelSession session, double ratio)
    {
        TrainingSettings settings = new FurtherTrained(new TrainingPlan("zh", session.Profile.Training.LearningRate), 0).Settings(session.Profile, session.Profile.FurtherDocuments("zh"));
        int steps = session.Profile.Training.Documents(FirstCount) / session.Profile.Training.BatchSize;
        return Resampled.Exact(UpdateBound.After(settings, steps) / MedianSize(session, ratio));
    }

    private static double MedianSize(ModelSession session, double ratio)
    {
        Region region = session.Regions.Get(Removed(ratio));
        double[] sizes = session.Under(Condition.Base, model => region.Parts.SelectMany(p => Members(model, p.Key, p.Value)).Order().ToArray());
        return sizes[sizes.Length / 2];
    }

    private static IEnumerable<double> Members(LlamaModel model, string name, RegionPart part)
    {
        return model.ValuesAt(name, [.. part.Mask.Members()]).Select(Math.Abs);
    }
}
