using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Regions;

namespace Repro.Engine.Tests.Regions;

/// <summary>Laws of the region algebra, on random regions over two tensors.</summary>
public sealed class RegionTests
{
    private const string Gate = "model.layers.0.mlp.gate_proj.weight";
    private const string Up = "model.layers.0.mlp.up_proj.weight";
    private static readonly long[][] Shapes = [[7, 10], [65]];

    private static Arbitrary<Region> Regions { get; } = ArbMap.Default.GeneratorFor<int>()
        .Select(seed => RegionSelection.Random([(Gate, Shapes[0]), (Up, Shapes[1])], Math.Abs(seed % 10) / 10.0, (ulong)seed))
        .ToArbitrary();

    [Test]
    public void Random_regions_of_these_tests_have_members() => RegionSelection.Random([(Gate, Shapes[0]), (Up, Shapes[1])], 0.5, 1).Count.Should().Be(67);

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
        using TemporaryFolder folder = new();
        Region region = RegionSelection.Random([(Gate, Shapes[0]), (Up, Shapes[1])], 0.3, 5);
        RegionFile.Save(folder.File("r.safetensors"), region);
        RegionFile.Load(folder.File("r.safetensors")).Hash().Should().Be(region.Hash());
    }

    [Test]
    public void Regions_over_different_tensors_do_not_combine()
    {
        Region one = RegionSelection.Random([(Gate, Shapes[0])], 0.3, 5);
        Region other = RegionSelection.Random([(Up, Shapes[0])], 0.3, 5);
        FluentActions.Invoking(() => one.Union(other)).Should().Throw<ArgumentException>().WithMessage($"*{Gate}*");
    }

    [Test]
    public void Jaccard_is_the_intersection_over_the_union_of_all_tensors()
    {
        // Common are 2 of a and none of b, together 4 and 2.
        Region one = Region(("layers.a", [10], [0, 1, 2]), ("layers.b", [5], [4]));
        Region other = Region(("layers.a", [10], [1, 2, 3]), ("layers.b", [5], [3]));
        one.Jaccard(other).Should().Be(2 / 6.0);
        one.Count.Should().Be(4);
        one.Population.Should().Be(15);
    }

    [Test]
    public void Empty_regions_are_the_same_and_disjoint_ones_have_nothing_in_common()
    {
        Region empty = Region(("layers.a", [10], []));
        empty.Jaccard(empty).Should().Be(1);
        empty.Jaccard(Region(("layers.a", [10], [3]))).Should().Be(0);
    }

    [Test]
    public void Names_shapes_and_members_make_the_hash()
    {
        Region region = Region(("layers.a", [2, 3], [1]));
        region.Hash().Should().Be(Region(("layers.a", [2, 3], [1])).Hash()).And.MatchRegex("^[0-9a-f]{64}$");
        region.Hash().Should().NotBe(Region(("layers.b", [2, 3], [1])).Hash());
        region.Hash().Should().NotBe(Region(("layers.a", [3, 2], [1])).Hash());
        region.Hash().Should().NotBe(Region(("layers.a", [2, 3], [2])).Hash());
    }

    [Test]
    public void The_order_in_which_parts_are_given_does_not_matter()
    {
        Region region = Region(("layers.b", [3], [1]), ("layers.a", [2], [0]), ("layers.B", [1], [0]));
        region.Parts.Keys.Should().Equal("layers.B", "layers.a", "layers.b");
        region.Hash().Should().Be(Region(("layers.B", [1], [0]), ("layers.a", [2], [0]), ("layers.b", [3], [1])).Hash());
    }

    [Test]
    public void A_tensor_that_only_one_of_two_regions_covers_or_in_another_shape_is_named()
    {
        Region both = Region(("layers.a", [2, 3], [1]), ("layers.b", [4], []));
        Region first = Region(("layers.a", [2, 3], [1]));
        Region turned = Region(("layers.a", [2, 3], [1]), ("layers.b", [2, 2], []));
        both.HasShapesOf(Region(("layers.a", [2, 3], []), ("layers.b", [4], [2]))).Should().BeTrue();
        foreach ((Region one, Region other) in new[] { (both, first), (first, both), (both, turned) })
        {
            one.HasShapesOf(other).Should().BeFalse();
            FluentActions.Invoking(() => one.Except(other)).Should().Throw<ArgumentException>().WithMessage("*'layers.b'*");
        }
    }

    private static Region Region(params (string Name, long[] Shape, long[] Members)[] parts) => new(parts.Select(p =>
    {
        Bitmask mask = new(p.Shape.Aggregate(1L, (a, b) => a * b));
        foreach (long member in p.Members)
            mask.Add(member);
        return KeyValuePair.Create(p.Name, new RegionPart(p.Shape, mask));
    }));

    private static void Holds(Func<Region, Region, bool> law) => Prop.ForAll(Regions, Regions, law).QuickCheckThrowOnFailure();
}
