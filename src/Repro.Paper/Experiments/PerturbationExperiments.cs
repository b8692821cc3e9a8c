using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments;

/// <summary>Section 3.3's single dimensions and single weights, and the positive control.</summary>
internal static class PerturbationExperiments
{
    /// <summary>How many of the most important dimensions are tried, and how many random ones.</summary>
    public const int TopDimensions = 5;

    public const int RandomDimensions = 2;

    /// <summary>The paper's "1-st layer" is index 0 or 1.</summary>
    public static IReadOnlyList<int> Layers { get; } = [0, 1];

    public static IEnumerable<ResidualDimension> RandomOnes { get; } = Enumerable.Range(0, RandomDimensions).Select(ResidualDimension.Random);

    private static Language[] Texts { get; } = [PaperLanguages.Get("zh"), PaperLanguages.Get("en")];

    public static Experiment Dimensions(Profile profile) => new(
        "figure-03",
        "One dimension of Attn.o and FFN.down drawn anew in every block",
        [
            Condition.Base,
            .. from dimension in Enumerable.Range(1, TopDimensions).Select(rank => new ResidualDimension(rank)).Concat(RandomOnes)
               from draw in new DimensionReinitialised(dimension).Draws(profile)
               select draw,
        ],
        Texts);

    public static Experiment NormWeights() => new(
        "table-04",
        "One weight of an input norm reset to 1 or multiplied by 10",
        [
            Condition.Base,
            .. from layer in Layers
               from change in new[] { WeightEdit.Reset, WeightEdit.TimesTen }
               from dimension in RandomOnes.Prepend(new ResidualDimension(1))
               select new NormWeightEdited(layer, dimension, change),
        ],
        Texts);

    public static Experiment Continuations() => new(
        "figure-04",
        "Continuations while one weight of the first input norm is multiplied by 4",
        [Condition.Base, .. Quantities.Continuations.Edited],
        Texts)
    {
        Quantities = Quantities.Continuations.All,
        Shown = [(EditedCondition)Condition.Base, .. Quantities.Continuations.Edited],
    };

    public static Experiment Planted() => new(
        "control-planted",
        "Positive control: a planted critical weight",
        [
            Condition.Base,
            new Planted(Reset: false),
            new Planted(Reset: true),
            .. RandomOnes.Select(dimension => new NormWeightEdited(0, dimension, WeightEdit.Reset)),
        ],
        Texts)
    {
        Quantities = PlantedRank.All,
    };
}
