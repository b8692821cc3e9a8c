using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Experiments;

/// <summary>Which regions experiments will ask for, so that all can be selected in one pass over importance.</summary>
internal static class RegionNeeds
{
    public static IEnumerable<RegionRemoval> Of(IEnumerable<Experiment> experiments) =>
        experiments.SelectMany(e => e.Conditions).SelectMany(Of).DistinctBy(region => region.Id);

    private static IEnumerable<RegionRemoval> Of(Condition condition) => condition switch
    {
        RegionRemoval region => [region],
        DimensionRemoval dimensions => [dimensions.RankedBy],
        DimensionReinitialised => [ResidualDimension.RankedBy],
        FurtherTrained { Region: { } region } => [region],
        _ => [],
    };
}
