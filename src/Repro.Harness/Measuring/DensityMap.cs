using System.ComponentModel.DataAnnotations;

namespace Repro.Harness.Measuring;

/// <summary>Where a region lies in a matrix: the share of members around each element, in blocks.</summary>
/// <param name="Table">Id of the table or figure it belongs to.</param>
/// <param name="Matrix">Name of the weight tensor.</param>
/// <param name="Density">0 to 1, row by row of the stored matrix.</param>
public sealed record DensityMap(string Table, string Matrix, [Range(0.0, 1.0)] double[][] Density);
