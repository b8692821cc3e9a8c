using System.Globalization;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;

namespace Repro.Papers.LinguisticRegions.Conditions;

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

/// <summary>Whole rows or columns set to zero in every block (Section 3.3, Appendix D).</summary>
/// <param name="Scope">Which matrices and axes.</param>
/// <param name="Kind">Which dimensions.</param>
/// <param name="Count">N_d, the number of dimensions per matrix, or of so many of <paramref name="Of"/>.</param>
/// <param name="Samples">How much text importance was taken from.</param>
/// <param name="Draw">Which random draw.</param>
/// <param name="Of">
/// 0 for a number of dimensions; otherwise <paramref name="Count"/> is a share of this width, at least one dimension: 10 of LLaMA-2-7B's 4,096 are 0.24 %, where 10 of
/// 128 are 8 %.
/// </param>
public sealed record DimensionRemoval(DimensionScope Scope, DimensionKind Kind, int Count, SamplePart Samples = SamplePart.Large, int Draw = 0, int Of = 0)
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
            return $"{Number} {which}: {scope}";
        }
    }

    /// <inheritdoc/>
    public override string Label => $"{Kind}{(Kind != DimensionKind.Random && Samples == SamplePart.Small ? " (10K)" : "")}, N_d {Number}{(Scope == DimensionScope.AttentionInverted ? ", inverted" : "")}";

    /// <summary>N_d in words: <c>10</c>, or <c>10 of 4096</c>.</summary>
    public string Number => Of == 0 ? Count.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Count} of {Of}");

    /// <inheritdoc/>
    public override IEnumerable<Reading> Readings => Kind == DimensionKind.Random ? [Reading.Norms, PaperReadings.Axis] : [.. Reading.OfImportance, PaperReadings.Axis, PaperReadings.Dimension];

    /// <inheritdoc/>
    public override IEnumerable<RegionSpec> Regions => [RankedBy];

    /// <summary>The region whose members are counted to rank dimensions.</summary>
    public RegionSpec RankedBy => ResidualDimension.RankedBy with { Samples = Samples };

    /// <summary>The matrices of a block that lose dimensions, each with its stored axis.</summary>
    /// <param name="axis">What the paper's rows and columns are.</param>
    public IEnumerable<(WeightRole Matrix, MatrixAxis Axis)> Matrices(AxisReading axis) =>
        Attention.Concat(Scope == DimensionScope.AttentionAndFeedForward ? [WeightRole.Down] : Array.Empty<WeightRole>()).Select(role => (role, Stored(role, axis)));

    /// <inheritdoc/>
    public override int? RandomDraw => Kind == DimensionKind.Random ? Draw : null;

    /// <inheritdoc/>
    public override IEnumerable<Condition> Draws(Profile profile) =>
        Kind == DimensionKind.Random ? Enumerable.Range(0, profile.RandomDraws).Select(draw => this with { Draw = draw }) : [this];

    /// <inheritdoc/>
    public override Intervention Edit(RegionSelector regions) => new RemoveRegion(Region(regions));

    /// <summary>The rows and columns, as a region.</summary>
    public Region Region(RegionSelector regions)
    {
        Region top = regions.Get(RankedBy);
        return new Region(
            from layer in Enumerable.Range(0, regions.Config.LayerCount)
            from matrix in Matrices(regions.Profile.Readings.Of(PaperReadings.Axis))
            let name = regions.Layout.Name(matrix.Matrix, layer)
            let part = top.Parts[name]
            let scores = Scores(part, matrix.Axis, name, regions)
            let count = Of == 0 ? Count : Math.Max(1, (int)Math.Round(Count * scores.Length / (double)Of))
            let chosen = Dimensions.Choose(scores, Kind, count, SplitMix.Derive(regions.Profile.Seed, Id + name))
            select KeyValuePair.Create(name, Dimensions.Whole(part.Shape, matrix.Axis, chosen)));
    }

    private double[] Scores(RegionPart part, MatrixAxis axis, string name, RegionSelector regions) =>
        Kind == DimensionKind.Random || regions.Profile.Readings.Of(PaperReadings.Dimension) == DimensionReading.Members
            ? [.. Dimensions.Counts(part, axis).Select(members => (double)members)]
            : Dimensions.Sums(regions.Scores(name, Samples), part.Shape, axis);

    private MatrixAxis Stored(WeightRole matrix, AxisReading axis)
    {
        bool paperRow = matrix == WeightRole.AttentionOutput == (Scope != DimensionScope.AttentionInverted);
        return paperRow == (axis == AxisReading.Stored) ? MatrixAxis.Row : MatrixAxis.Column;
    }
}
