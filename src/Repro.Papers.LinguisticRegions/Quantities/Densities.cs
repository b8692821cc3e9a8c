using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>Figure 2: the share of each element's 3 × 3 neighbourhood that is in the Top 5 % region, in blocks of the stored matrix.</summary>
internal static class Densities
{
    private const int Side = 32;
    private const int Digits = 4;

    /// <summary>The maps of every matrix of the first and the last block.</summary>
    public static IReadOnlyList<DensityMap> All(ModelSession session) => session.Result("density maps", "figure-02", () =>
    {
        Region top = session.Regions.Get(ResidualDimension.RankedBy);
        return (DensityMap[])
        [
            .. from layer in new[] { 0, session.Config.LayerCount - 1 }.Distinct()
               from type in WeightRoles.Matrices
               let name = session.Regions.Layout.Name(type, layer)
               select new DensityMap("figure-02", name, [.. Concentration.NeighbourhoodDensity(top.Parts[name], Side).Select(row => row.Select(v => Math.Round(v, Digits)).ToArray())]),
        ];
    });
}
