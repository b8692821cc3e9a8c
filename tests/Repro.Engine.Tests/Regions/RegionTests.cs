using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Regions;

namespace Repro.Engine.Tests.Regions;

/// <summary>Laws of the region algebra, on random regions over two tensors.</summary>
public sealed class RegionTests
{
    private static readonly long[][] Shapes = [[7, 10], [65]];

    private static Arbitrary<Region> Regions { get; } = ArbMap.Default.GeneratorFor<int>()
        .Select(seed => RegionSelection.Random([("layers.a", Shapes[0]), ("layers.b", Shapes[1])], Math.Abs(seed % 10) / 10.0, (ulong)seed))
        .ToArbitrary();

    [Test]
    public void Random_regions_of_these_tests_have_members() => RegionSelection.Random([("layers.a", Shapes[0]), ("layers.b", Shapes[1])], 0.5, 1).Count.Should().Be(67);

    [Test]
    public void Difference_and_intersection_partition_a_region() => Holds((a, b) =>
        a.Except(b).Union(a.Intersect(b)).Hash() == a.Hash() && a.Except(b).Intersect(a.Intersect(b)).Count == 0);

    [Test]
    public void Union_and_intersection_commute() => Holds((a, b) =>
        a.Union(b).Hash() == b.Union(a).Hash() && a.Intersect(b).Hash() == b.Intersect(a).Hash());

    [Test]
    public void Counts_follow_inclusion_and_exclusion() => Holds((a, b) => a.Union(b).Count == a.Count + b.Count - a.Intersect(b).Count);

    [Test]
    public void Removing_a_union_is_removing_one_after_the_other() => Prop.ForAll(Regions, Regions, Regions, (a, b, c) =>
        a.Except(b.Union(c)).Hash() == a.ExceptAll([b, c]).Hash()).QuickCheckThrowOnFailure();

    [Test]
    public void Jaccard_is_1_with_itself_and_symmetric() => Holds((a, b) =>
        a.Jaccard(a) == 1 && a.Jaccard(b) == b.Jaccard(a) && a.Jaccard(b) is >= 0 and <= 1);

    [Test]
    public void A_region_survives_its_file()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        Region region = RegionSelection.Random([("layers.a", Shapes[0]), ("layers.b", Shapes[1])], 0.3, 5);
        RegionFile.Save(Path.Combine(folder, "r.safetensors"), region);
        RegionFile.Load(Path.Combine(folder, "r.safetensors")).Hash().Should().Be(region.Hash());
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Regions_over_different_tensors_do_not_combine()
    {
        Region one = RegionSelection.Random([("layers.a", Shapes[0])], 0.3, 5);
        Region other = RegionSelection.Random([("layers.b", Shapes[0])], 0.3, 5);
        FluentActions.Invoking(() => one.Union(other)).Should().Throw<ArgumentException>().WithMessage("*layers.a*");
    }

    private static void Holds(Func<Region, Region, bool> law) => Prop.ForAll(Regions, Regions, law).QuickCheckThrowOnFailure();
}
