using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Harness.Readings;

namespace Repro.Harness.Measuring;

/// <summary>A region set to zero one block too far: what it has of each matrix is removed from the same matrix of the next block, and what it has in the last block from the first.</summary>
/// <param name="Of">The region.</param>
public sealed record DisplacedRemoval(RegionSpec Of) : EditedCondition
{
    /// <inheritdoc/>
    public override string Id => $"{Of.Id} in the next block";

    /// <inheritdoc/>
    public override string Label => $"{Of.Label} in the next block";

    /// <inheritdoc/>
    public override IEnumerable<Reading> Readings => Reading.OfImportance;

    /// <inheritdoc/>
    public override IEnumerable<RegionSpec> Regions => [Of];

    /// <inheritdoc/>
    public override Intervention Edit(RegionSelector regions) => new RemoveRegion(Displaced(regions.Get(Of), regions.Layout, regions.Config.LayerCount));

    /// <summary>A region with each block's part in the next block.</summary>
    /// <param name="region">The region; all of it lies in blocks.</param>
    /// <param name="layout">The model's weights.</param>
    /// <param name="layers">Number of blocks.</param>
    internal static Region Displaced(Region region, ModelLayout layout, int layers) =>
        new(region.Parts.Select(p => KeyValuePair.Create(layout.Name(layout.RoleOf(p.Key), (layout.LayerOf(p.Key)!.Value + 1) % layers), p.Value)));
}
