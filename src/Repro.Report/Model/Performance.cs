using Repro.Engine.Planning;

namespace Repro.Report.Model;

/// <summary>What a run computed, and how fast.</summary>
/// <param name="Operations">Floating-point operations of reading, summing gradients and training; what was recalled costs none.</param>
/// <param name="Seconds">Wall time of the whole run.</param>
/// <param name="ProductRate">Operations per second of a large float32 matrix product on this machine, measured after the run.</param>
public sealed record Performance(double Operations, double Seconds, double ProductRate)
{
    /// <summary>Share of the matrix product's rate that the run reached over its whole time.</summary>
    public double Share => new GemmRate(ProductRate).ShareOf(Operations, Seconds);
}
