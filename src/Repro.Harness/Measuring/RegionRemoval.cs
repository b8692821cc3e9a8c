using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;

namespace Repro.Harness.Measuring;

/// <summary>A region set to zero.</summary>
/// <param name="Region">The region.</param>
public sealed record RegionRemoval(RegionSpec Region) : EditedCondition
{
    /// <summary>A region set to zero.</summary>
    /// <inheritdoc cref="RegionSpec"/>
    public RegionRemoval(
        RegionKind kind, double ratio, SamplePart samples = SamplePart.Large, string? own = null, int draw = 0, ImportanceScore score = ImportanceScore.FirstOrder)
        : this(new RegionSpec(kind, ratio, samples, own, draw, score))
    {
    }

    /// <inheritdoc/>
    public override string Id => Region.Id;

    /// <inheritdoc/>
    public override string Label => Region.Label;

    /// <inheritdoc/>
    public override IEnumerable<Reading> Readings => Region.Readings;

    /// <inheritdoc/>
    public override RegionSpec? Removed => Region;

    /// <inheritdoc/>
    public override IEnumerable<RegionSpec> Regions => Region.Needed;

    /// <inheritdoc/>
    public override int? RandomDraw => Region.IsRandom ? Region.Draw : null;

    /// <inheritdoc/>
    public override IEnumerable<Condition> Draws(Profile profile) => Region.IsRandom
        ? Enumerable.Range(0, profile.RandomDraws).Select(draw => new RegionRemoval(Region with { Draw = draw }))
        : [this];

    /// <inheritdoc/>
    public override Intervention Edit(RegionSelector regions) => new RemoveRegion(regions.Get(Region));
}
