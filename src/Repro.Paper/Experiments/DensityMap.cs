using System.ComponentModel.DataAnnotations;
using Repro.Engine.Regions;
using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;

namespace Repro.Paper.Experiments;

/// <summary>Figure 2 for one matrix: the share of each element's 3 × 3 neighbourhood that is in the Top 5 % region, averaged over blocks.</summary>
/// <param name="Matrix">Name of the weight tensor.</param>
/// <param name="Density">0 to 1, row by row of the stored matrix.</param>
public sealed record DensityMap(string Matrix, [Range(0.0, 1.0)] double[][] Density)
{
    private const int Side = 32;
    private const int Digits = 4;

    /// <summary>The maps of every matrix of the first and the last block.</summary>
    internal static IReadOnlyList<DensityMap> All(Laboratory laboratory) => laboratory.Result("density maps", "figure-02", () =>
    {
        Region top = laboratory.Regions.Get(new RegionRemoval(RegionKind.Top, RegionLibrary.DimensionRatio));
        return
        (DensityMap[])[
            .. from layer in new[] { 0, laboratory.Config.LayerCount - 1 }.Distinct()
               from type in WeightTypes.Matrices
               let name = $"model.layers.{layer}.{type}.weight"
               select new DensityMap(name, [.. Concentration.NeighbourhoodDensity(top.Parts[name], Side).Select(row => row.Select(v => Math.Round(v, Digits)).ToArray())]),
        ];
    });
}
