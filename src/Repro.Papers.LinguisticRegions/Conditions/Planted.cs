using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Harness.Measuring;
using Repro.Harness.Readings;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>
/// The positive control: the first block's most important norm weight is divided by 1,024 and the columns that read it are multiplied by as much,
/// which changes no output; then the weight is reset to 1, or left. An instrument that does not see this explode would see nothing.
/// </summary>
/// <param name="Reset">Whether the planted weight is reset to 1 afterwards.</param>
public sealed record Planted(bool Reset) : EditedCondition
{
    /// <summary>2⁻¹⁰: a power of two moves no bit of a product.</summary>
    public const double Factor = 1.0 / 1024;

    /// <summary>The weight that is planted.</summary>
    public static ResidualDimension Dimension { get; } = new(1);

    /// <inheritdoc/>
    public override string Id => Reset ? "planted weight: reset" : "planted weight: untouched";

    /// <inheritdoc/>
    public override string Label => Id;

    /// <inheritdoc/>
    public override IEnumerable<Reading> Readings => [Reading.Importance, Reading.Samples];

    /// <inheritdoc/>
    public override Intervention Edit(RegionSelector regions)
    {
        long dimension = Dimension.ByOwnImportance(0, regions);
        Intervention plant = new RescaleDimension(0, dimension, Factor);
        return Reset ? new Combined([plant, new EditWeight(regions.Layout.Name(WeightRole.InputNorm, 0), [dimension], 1, Multiply: false)]) : plant;
    }
}
