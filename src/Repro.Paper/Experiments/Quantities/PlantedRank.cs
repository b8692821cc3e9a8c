using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Experiments.Quantities;

/// <summary>The positive control's other half: importance is taken afresh on a checkpoint with planted weights, and their places in their vector are read.</summary>
/// <remarks>
/// |gθ| does not change under the rescaling (θ grows by the factor that g shrinks by), so Eq. 4 finds a planted weight exactly where the weight was
/// important before: the first place must be kept. A weight planted at a random dimension, just as critical when reset, stays where it was; that is a
/// limit of the method, and its place is measured to show it.
/// </remarks>
public static class PlantedRank
{
    /// <summary>Key of the weight planted at the most important dimension.</summary>
    public const string Key = "place of the planted weight";

    private const string RandomKey = "place of a weight planted at random";

    /// <summary>Both places, 1 for the first.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        new(Key, "place in its vector by core importance, 1 for the first", 0, (laboratory, cancellation) => Measure(laboratory, Planted.Dimension, cancellation)) { SamplePasses = 1 },
        new(RandomKey, "place in its vector by core importance, 1 for the first", 8, (laboratory, cancellation) => Measure(laboratory, ResidualDimension.Random(0), cancellation)),
    ];

    private static Resampled Measure(Laboratory laboratory, ResidualDimension dimension, CancellationToken cancellation)
    {
        double[] scores = laboratory.Result("scores after planting", "layer 0", () => new PlantedScores(Scores(laboratory, cancellation))).Values;
        double planted = scores[laboratory.Regions.NormDimension(0, dimension)];
        return Resampled.Exact(1 + scores.Count(score => score > planted));
    }

    // Both weights are planted in one model: neither changes what the network computes.
    private static double[] Scores(Laboratory laboratory, CancellationToken cancellation)
    {
        Intervention planted = new Combined(
        [
            new RescaleDimension(0, laboratory.Regions.NormDimension(0, Planted.Dimension), Planted.Factor),
            new RescaleDimension(0, laboratory.Regions.NormDimension(0, ResidualDimension.Random(0)), Planted.Factor),
        ]);
        return laboratory.Under(planted, model => ScoresOf(model, laboratory, cancellation));
    }

    private static double[] ScoresOf(LlamaModel model, Laboratory laboratory, CancellationToken cancellation)
    {
        double[] scores = new double[model.Config.HiddenSize];
        string norm = laboratory.Regions.InputNorm(0);
        foreach (Language language in PaperLanguages.Region)
        {
            using GradientSums sums = GradientSums.Over(model, laboratory.Texts.Samples(language.Code, ..), laboratory.Pass(), only: [norm], cancellation: cancellation);
            using ImportanceMap map = sums.ToMap(model);
            double[] own = map.Values(norm);
            for (int i = 0; i < scores.Length; i++)
                scores[i] += own[i];
        }

        return scores;
    }

    private sealed record PlantedScores(double[] Values);
}
