using System.ComponentModel.DataAnnotations;

namespace Repro.Harness.Measuring;

/// <summary>What is known of a region's selection.</summary>
/// <param name="Count">Members.</param>
/// <param name="Population">Weights it was selected from.</param>
/// <param name="IsDifference">Whether it is a difference of regions, so that its size moves with the weights at the threshold.</param>
/// <param name="PerTensor">Members by tensor.</param>
/// <param name="Hash">SHA-256 of the members.</param>
/// <param name="TiesAtThreshold">Weights beyond the first at a tensor's threshold score; null where it was not asked.</param>
/// <param name="HalfOverlap">Jaccard overlap of the regions selected from the two halves of the sample; null where it was not asked.</param>
public sealed record RegionFacts(
    long Count,
    long Population,
    bool IsDifference,
    IReadOnlyDictionary<string, long> PerTensor,
    [RegularExpression("^[0-9a-f]{64}$")] string Hash,
    long? TiesAtThreshold = null,
    double? HalfOverlap = null);
