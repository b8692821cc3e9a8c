using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Experiments.Quantities;

/// <summary>
/// The positive control's other half: importance is taken afresh on the planted checkpoint, and the planted weight must be the first of its vector.
/// </summary>
/// <remarks>
/// |g·θ| does not change under the rescaling (θ grows by the factor that g shrinks by), so Eq. 4 finds a planted weight exactly where the weight was
/// important before. Weights that only a reset would make critical stay invisible to it; that is a limit of the method, not of the instrument.
/// </remarks>
public static class PlantedRank
{
    /// <summary>Key of the quantity.</summary>
    public const string Key = "rank of the planted weight";

    /// <summary>The quantity.</summary>
    public static Quantity Quantity { get; } = new(Key, "place of the planted weight in its vector by core importance, 1 for the first", 0, (laboratory, _) => Measure(laboratory));

    private static Resampled Measure(Laboratory laboratory)
    {
        int planted = laboratory.Regions.NormDimension(0, Planted.Dimension);
        using LlamaModel model = laboratory.Copy(null);
        using IDisposable edit = new RescaleDimension(0, planted, Planted.Factor).Apply(model);
        double[] scores = new double[model.Config.HiddenSize];
        foreach (Language language in PaperLanguages.Region)
        {
            IReadOnlyList<int[]> documents = laboratory.Texts.Samples(language.Code, ..);
            using GradientSums sums = GradientSums.Over(model, documents, laboratory.Profile.MicroBatch, laboratory.Profile.Reading);
            using ImportanceMap map = sums.ToMap(model);
            double[] own = map.Values(RegionLibrary.InputNorm(0));
            for (int i = 0; i < scores.Length; i++)
                scores[i] += own[i];
        }

        return Resampled.Exact(1 + scores.Count(score => score > scores[planted]));
    }
}
