using System.Globalization;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Harness.Measuring;
using Repro.Harness.Readings;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>What is done to a norm's weight.</summary>
public enum NormWeightChange
{
    /// <summary>Set to 1, its value before pre-training (Table 4, "Reset 1").</summary>
    Reset,

    /// <summary>Multiplied by 10 (Table 4, "Mul 10").</summary>
    TimesTen,

    /// <summary>Multiplied by 4 (Figure 4).</summary>
    TimesFour,
}

/// <summary>One weight of one block's input norm changed (Section 3.3, Table 4, Figure 4).</summary>
/// <param name="Layer">Index of the block from 0; the paper's "1-st layer" is 0 or 1.</param>
/// <param name="Dimension">Which weight: that of a dimension which Section 3.3 finds in the matrices, or another by the reading.</param>
/// <param name="Change">What is done to it.</param>
public sealed record NormWeightEdited(int Layer, ResidualDimension Dimension, NormWeightChange Change) : EditedCondition
{
    /// <inheritdoc/>
    public override string Id => string.Create(CultureInfo.InvariantCulture, $"layer {Layer} input norm {Dimension}: {Word(Change)}");

    /// <inheritdoc/>
    public override string Label
    {
        get
        {
            string change = Change switch { NormWeightChange.Reset => "set to 1", NormWeightChange.TimesTen => "× 10", _ => "× 4" };
            return string.Create(CultureInfo.InvariantCulture, $"layer {Layer}, {Dimension} {change}");
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Reading> Readings => [.. Reading.OfImportance, PaperReadings.NormWeight];

    /// <inheritdoc/>
    public override IEnumerable<RegionSpec> Regions => [ResidualDimension.RankedBy];

    /// <inheritdoc/>
    public override Intervention Edit(RegionSelector regions) => new EditWeight(
        regions.Layout.Name(WeightRole.InputNorm, Layer),
        [Dimension.InInputNorm(Layer, regions)],
        Change switch { NormWeightChange.Reset => 1, NormWeightChange.TimesTen => 10, _ => 4 },
        Multiply: Change != NormWeightChange.Reset);
}
