using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;

namespace Repro.Papers.LinguisticRegions.Conditions;

/// <summary>The same dimension re-initialised from N(0, 0.02²) as Hugging Face initialises every matrix of a LLaMA, in Attn.o and FFN.down of every block (Section 3.3, Figure 3).</summary>
/// <param name="Dimension">The dimension of the residual stream, which these two matrices write.</param>
/// <param name="Draw">Which draw of its weights.</param>
public sealed record DimensionReinitialised(ResidualDimension Dimension, int Draw = 0) : EditedCondition
{
    /// <inheritdoc/>
    public override string Id => $"dimension {Dimension} re-initialised, draw {Draw}";

    /// <inheritdoc/>
    public override string Label => $"dimension {Dimension}";

    /// <inheritdoc/>
    public override IEnumerable<Reading> Readings => Reading.OfImportance;

    /// <inheritdoc/>
    public override IEnumerable<RegionSpec> Regions => [ResidualDimension.RankedBy];

    /// <inheritdoc/>
    public override int? RandomDraw => Draw;

    /// <inheritdoc/>
    public override IEnumerable<Condition> Draws(Profile profile) => Enumerable.Range(0, profile.RandomDraws).Select(draw => this with { Draw = draw });

    /// <inheritdoc/>
    public override Intervention Edit(RegionSelector regions) => new ReinitialiseRows(
        regions.Layout.Names(WeightRole.AttentionOutput, WeightRole.Down),
        Dimension.InStream(regions),
        Initialisation.StandardDeviation,
        SplitMix.Derive(regions.Profile.Seed, Id));
}
