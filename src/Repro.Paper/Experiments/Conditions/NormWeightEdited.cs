using System.Globalization;
using Repro.Engine.Interventions;

namespace Repro.Paper.Experiments.Conditions;

/// <summary>What is done to a norm's weight.</summary>
public enum WeightEdit
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
/// <param name="Dimension">Which weight; ranked by this vector's own importance.</param>
/// <param name="Change">What is done to it.</param>
public sealed record NormWeightEdited(int Layer, ResidualDimension Dimension, WeightEdit Change) : EditedCondition
{
    /// <inheritdoc/>
    public override string Id => string.Create(CultureInfo.InvariantCulture, $"layer {Layer} input norm {Dimension}: {Word(Change)}");

    /// <inheritdoc/>
    public override bool HasRegion => false;

    /// <inheritdoc/>
    public override Intervention Edit(RegionLibrary regions) => new EditWeight(
        regions.InputNorm(Layer),
        [regions.NormDimension(Layer, Dimension)],
        Change switch { WeightEdit.Reset => 1, WeightEdit.TimesTen => 10, _ => 4 },
        Multiply: Change != WeightEdit.Reset);
}
