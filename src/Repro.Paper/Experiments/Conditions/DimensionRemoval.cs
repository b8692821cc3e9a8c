using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Paper.Profiles;

namespace Repro.Paper.Experiments.Conditions;

/// <summary>Which matrices lose dimensions, and along which of the paper's axes.</summary>
public enum DimensionScope
{
    /// <summary>Rows of Attn.o, columns of Attn.q/k/v and FFN.down (Table 3).</summary>
    AttentionAndFeedForward,

    /// <summary>Rows of Attn.o, columns of Attn.q/k/v (Table 7).</summary>
    Attention,

    /// <summary>Columns of Attn.o, rows of Attn.q/k/v (Table 8).</summary>
    AttentionInverted,
}

/// <summary>What the paper's "row" and "column" are of a matrix that is stored as <c>[out, in]</c>.</summary>
public enum AxisReading
{
    /// <summary>
    /// The paper writes x·W: a column of q/k/v is an output, which belongs to a head (Appendix D and Figure 6). A paper column is a stored row.
    /// </summary>
    AppendixD,

    /// <summary>A paper column is a stored column (the released code's helper).</summary>
    Stored,
}

/// <summary>Whole rows or columns set to zero in every block (Section 3.3, Appendix D).</summary>
/// <param name="Scope">Which matrices and axes.</param>
/// <param name="Kind">Which dimensions.</param>
/// <param name="Count">N_d, the number of dimensions per matrix.</param>
/// <param name="Samples">How much text importance was taken from.</param>
/// <param name="Draw">Which random draw.</param>
public sealed record DimensionRemoval(DimensionScope Scope, DimensionKind Kind, int Count, SampleSize Samples = SampleSize.Large, int Draw = 0)
    : EditedCondition
{
    private static readonly WeightRole[] Attention = [WeightRole.Query, WeightRole.Key, WeightRole.Value, WeightRole.AttentionOutput];

    /// <inheritdoc/>
    public override string Id
    {
        get
        {
            string scope = Scope switch
            {
                DimensionScope.AttentionAndFeedForward => "o rows, qkv and down columns",
                DimensionScope.Attention => "o rows, qkv columns",
                _ => "o columns, qkv rows",
            };
            string which = Kind == DimensionKind.Random ? $"random draw {Draw}" : $"{Word(Kind)} {Word(Samples)}";
            return $"{Count} {which}: {scope}";
        }
    }

    /// <inheritdoc/>
    public override bool DependsOnImportance => Kind != DimensionKind.Random;

    /// <inheritdoc/>
    public override string OtherReadings(Profile profile) => $" axis {profile.Axis}";

    /// <summary>The region whose members are counted to rank dimensions.</summary>
    public RegionRemoval RankedBy => new(RegionKind.Top, RegionLibrary.DimensionRatio, Samples);

    /// <summary>The matrices of a block that lose dimensions, each with its stored axis.</summary>
    /// <param name="axis">What the paper's rows and columns are.</param>
    public IEnumerable<(WeightRole Matrix, MatrixAxis Axis)> Matrices(AxisReading axis) =>
        Attention.Concat(Scope == DimensionScope.AttentionAndFeedForward ? [WeightRole.Down] : Array.Empty<WeightRole>()).Select(role => (role, Stored(role, axis)));

    /// <inheritdoc/>
    public override IEnumerable<Condition> Draws(Profile profile) =>
        Kind == DimensionKind.Random ? Enumerable.Range(0, profile.FewDraws).Select(draw => this with { Draw = draw }) : [this];

    /// <inheritdoc/>
    public override Intervention Edit(RegionLibrary regions) => new RemoveRegion(regions.DimensionsOf(this));

    private MatrixAxis Stored(WeightRole matrix, AxisReading axis)
    {
        bool paperRow = matrix == WeightRole.AttentionOutput == (Scope != DimensionScope.AttentionInverted);
        return paperRow == (axis == AxisReading.Stored) ? MatrixAxis.Row : MatrixAxis.Column;
    }
}
