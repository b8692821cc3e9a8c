using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Harness.Texts;

namespace Repro.Papers.LinguisticRegions.Quantities;

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
        new(Key, "place in its vector by core importance, 1 for the first", 0, (session, context) => Measure(session, Planted.Dimension, context)) { SamplePasses = 1 },
        new(RandomKey, "place in its vector by core importance, 1 for the first", 8, (session, context) => Measure(session, ResidualDimension.Random(0), context)),
    ];

    private static Resampled Measure(ModelSession session, ResidualDimension dimension, RunContext context)
    {
        double[] scores = session.Result("scores after planting", "layer 0", () => new PlantedScores(Scores(session, context))).Values;
        double planted = scores[dimension.ByOwnImportance(0, session.Regions)];
        return Resampled.Exact(1 + scores.Count(score => score > planted));
    }

    // Both weights are planted in one model: neither changes what the network computes.
    private static double[] Scores(ModelSession session, RunContext context)
    {
        Intervention planted = new Combined(
        [
            new RescaleDimension(0, Planted.Dimension.ByOwnImportance(0, session.Regions), Planted.Factor),
            new RescaleDimension(0, ResidualDimension.Random(0).ByOwnImportance(0, session.Regions), Planted.Factor),
        ]);
        return session.Under(planted, model => ScoresOf(model, session, context));
    }

    private static double[] ScoresOf(LlamaModel model, ModelSession session, RunContext context)
    {
        double[] scores = new double[model.Config.HiddenSize];
        string norm = session.Regions.Layout.Name(WeightRole.InputNorm, 0);
        foreach (TestText language in session.Profile.Texts.Importance)
        {
            using GradientSums sums = GradientSums.Over(model, session.Texts.Samples(language, ..), session.Pass(), only: [norm], cancellation: context.Cancellation);
            using ImportanceMap map = sums.ToMap(model);
            double[] own = map.Values(norm);
            for (int i = 0; i < scores.Length; i++)
                scores[i] += own[i];
        }

        return scores;
    }

    private sealed record PlantedScores(double[] Values);
}
