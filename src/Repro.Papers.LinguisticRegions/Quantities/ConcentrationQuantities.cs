using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>
/// Figure 2: how much more unevenly the Top 5 % region is spread over rows and columns than a random region of equal size. A quantity's draws are
/// against one random region each, so that its interval is that of chance.
/// </summary>
public static class ConcentrationQuantities
{
    private const double Densest = 0.01;

    /// <summary>All of them: two statistics for every matrix and axis.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        .. from matrix in WeightRoles.Matrices
           from axis in Enum.GetValues<MatrixAxis>()
           from quantity in new[]
           {
               new Quantity(Gini(matrix, axis), "Gini coefficient of members per dimension, less that of random regions", 0.02, (session, _) => Excess(session, matrix, Gini(matrix, axis))) { Regions = [ResidualDimension.RankedBy] },
               new Quantity(Share(matrix, axis), "share of members in the densest 1 % of dimensions, less that of random regions", 0.02, (session, _) => Excess(session, matrix, Share(matrix, axis))) { Regions = [ResidualDimension.RankedBy] },
           }
           select quantity,
    ];

    /// <summary>Key of the Gini excess of a matrix along an axis.</summary>
    public static string Gini(WeightRole matrix, MatrixAxis axis) => $"gini {WeightTypes.PaperName(matrix)} {axis.ToString().ToLowerInvariant()}s";

    /// <summary>Key of the excess share in the densest dimensions.</summary>
    public static string Share(WeightRole matrix, MatrixAxis axis) => $"densest 1% {WeightTypes.PaperName(matrix)} {axis.ToString().ToLowerInvariant()}s";

    private static Resampled Excess(ModelSession session, WeightRole matrix, string key) =>
        session.Result("concentration", WeightTypes.PaperName(matrix), () => new MatrixConcentration(OfMatrix(session, matrix))).Excess[key];

    // All statistics of a matrix are held against the same random regions.
    private static Dictionary<string, Resampled> OfMatrix(ModelSession session, WeightRole matrix)
    {
        Region top = session.Regions.Get(ResidualDimension.RankedBy);
        (string Name, long[] Shape)[] shapes = [.. session.Regions.Layout.Names(matrix).Select(name => (name, top.Parts[name].Shape))];
        Dictionary<string, double> measured = Statistics(matrix, shapes, top);
        Dictionary<string, double>[] random = AgainstChance.All(draw => Statistics(
            matrix, shapes, RegionSelection.Random(shapes, ResidualDimension.RankedBy.Ratio, SplitMix.Derive(session.Profile.Seed, $"concentration {draw}"))));
        return measured.ToDictionary(m => m.Key, m => AgainstChance.Excess(m.Value, random.Select(r => r[m.Key])));
    }

    private static Dictionary<string, double> Statistics(WeightRole matrix, (string Name, long[] Shape)[] shapes, Region region)
    {
        Dictionary<string, double> result = [];
        foreach (MatrixAxis axis in Enum.GetValues<MatrixAxis>())
        {
            long[][] counts = [.. shapes.Select(s => Dimensions.Counts(region.Parts[s.Name], axis))];
            result[Gini(matrix, axis)] = counts.Average(c => Concentration.Gini(c));
            result[Share(matrix, axis)] = counts.Average(c => Concentration.DensestShare(c, Densest));
        }

        return result;
    }

    private sealed record MatrixConcentration(Dictionary<string, Resampled> Excess);
}
