using System.Globalization;
using Repro.Engine.Interventions;
using Repro.Engine.Regions;
using Repro.Engine.Seeds;
using Repro.Harness.Profiles;
using Repro.Harness.Readings;

namespace Repro.Harness.Measuring;

/// <summary>What a random region has of the region it is a control of.</summary>
public enum RegionMatch
{
    /// <summary>The magnitudes of its weights, none of which it has.</summary>
    Magnitude,

    /// <summary>Its members per row of each stored matrix.</summary>
    Rows,

    /// <summary>Its members per column of each stored matrix.</summary>
    Columns,
}

/// <summary>A random region set to zero that has something of another region: a control of whether that alone does what the other's removal does.</summary>
/// <param name="Like">The region that it is like.</param>
/// <param name="Match">What it has of that region.</param>
/// <param name="Draw">Which random draw.</param>
public sealed record MatchedRandomRemoval(RegionSpec Like, RegionMatch Match, int Draw = 0) : EditedCondition
{
    /// <inheritdoc/>
    public override string Id => string.Create(CultureInfo.InvariantCulture, $"random draw {Draw} with {Word(Match)} of {Like.Id}");

    /// <inheritdoc/>
    public override string Label => $"Random with the {Word(Match)} of {Like.Label}";

    /// <inheritdoc/>
    public override IEnumerable<Reading> Readings => Reading.OfImportance;

    /// <inheritdoc/>
    public override IEnumerable<RegionSpec> Regions => [Like];

    /// <inheritdoc/>
    public override int? RandomDraw => Draw;

    /// <inheritdoc/>
    public override IEnumerable<Condition> Draws(Profile profile) => Enumerable.Range(0, profile.RandomDraws).Select(draw => this with { Draw = draw });

    /// <inheritdoc/>
    public override Intervention Edit(RegionSelector regions) => new RemoveRegion(Region(regions));

    /// <summary>The weights that are set to zero.</summary>
    /// <param name="regions">Importance and regions of the checkpoint.</param>
    public Region Region(RegionSelector regions)
    {
        Region like = regions.Get(Like);
        ulong seed = SplitMix.Derive(regions.Profile.Seed, Id);
        return Match switch
        {
            RegionMatch.Magnitude => MatchedRandom.InMagnitude(like, regions.Magnitudes(), seed),
            RegionMatch.Rows => MatchedRandom.InDimensions(like, MatrixAxis.Row, seed),
            _ => MatchedRandom.InDimensions(like, MatrixAxis.Column, seed),
        };
    }
}
