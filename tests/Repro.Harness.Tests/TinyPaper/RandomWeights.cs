using Repro.Engine.Interventions;
using Repro.Harness.Measuring;
using Repro.Harness.Readings;

namespace Repro.Harness.Tests.TinyPaper;

/// <summary>The paper's own condition: some weights, drawn at random, are zero.</summary>
/// <param name="Share">Their share of each tensor; the condition's name does not say it, as a slip in its code would not.</param>
internal sealed record RandomWeights(double Share) : EditedCondition
{
    public override string Id => "random weights";

    public override string Label => "Random weights";

    public override IEnumerable<Reading> Readings => [Reading.Norms];

    public override Intervention Edit(RegionSelector regions) => new RemoveRegion(regions.Get(new RegionSpec(RegionKind.Random, Share)));
}
