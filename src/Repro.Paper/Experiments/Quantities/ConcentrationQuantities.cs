using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Experiments.Quantities;

/// <summary>
/// Figure 2: how much more unevenly the Top 5 % region is spread over rows and columns than a random region of equal size. A quantity's draws are
/// against one random region each, so that its interval is that of chance.
/// </summary>
public static class ConcentrationQuantities
{
    private const int RandomRegions = 600;
    private const double Densest = 0.01;

    /// <summary>All of them: two statistics for every matrix and axis.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        .. from matrix in WeightTypes.Matrices
           from axis in Enum.GetValues<MatrixAxis>()
           from quantity in new[]
           {
               new Quantity(Gini(matrix, axis), "Gini coefficient of members per dimension, less that of random regions", 0.02, (laboratory, _) => Excess(laboratory, matrix, axis, Concentration.Gini)),
               new Quantity(Share(matrix, axis), "share of members in the densest 1 % of dimensions, less that of random regions", 0.02, (laboratory, _) => Excess(laboratory, matrix, axis, counts => Concentration.DensestShare(counts, Densest))),
           }
           select quantity,
    ];

    /// <summary>Key of the Gini excess of a matrix along an axis.</summary>
    public static string Gini(string matrix, MatrixAxis axis) => $"gini {WeightTypes.PaperName(matrix)} {axis.ToString().ToLowerInvariant()}s";

    /// <summary>Key of the excess share in the densest dimensions.</summary>
    public static string Share(string matrix, MatrixAxis axis) => $"densest 1% {WeightTypes.PaperName(matrix)} {axis.ToString().ToLowerInvariant()}s";

    private static Resampled Excess(Laboratory laboratory, string matrix, MatrixAxis axis, Func<long[], double> statistic)
    {
        Region top = laboratory.Regions.Get(new RegionRemoval(RegionKind.Top, RegionLibrary.DimensionRatio));
        IReadOnlyList<string> names = laboratory.Regions.Matrices(matrix);
        double measured = names.Average(name => statistic(Dimensions.Counts(top.Parts[name], axis)));
        (string, long[])[] shapes = [.. names.Select(name => (name, top.Parts[name].Shape))];
        double[] draws = new double[RandomRegions];
        for (int draw = 0; draw < RandomRegions; draw++)
        {
            Region random = RegionSelection.Random(shapes, RegionLibrary.DimensionRatio, SplitMix.Derive(laboratory.Profile.Seed, $"concentration {draw}"));
            draws[draw] = measured - names.Average(name => statistic(Dimensions.Counts(random.Parts[name], axis)));
        }

        return new Resampled(draws.Average(), draws);
    }
}
