using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Regions;

public sealed class RegionSelectionTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Top_and_bottom_are_the_extremes_of_each_tensor()
    {
        using ImportanceMap map = Map(5, 1, 4, 2, 3, 9, 8, 7, 6, 0);
        Members(RegionSelection.Top(map, 0.3)).Should().Equal(5, 6, 7);
        Members(RegionSelection.Bottom(map, 0.3)).Should().Equal(1, 3, 9);
    }

    [Test]
    public void Ties_go_to_the_lower_index()
    {
        using ImportanceMap map = Map(1, 2, 2, 2, 1, 0, 0, 0, 0, 0);
        Members(RegionSelection.Top(map, 0.2)).Should().Equal(1, 2);
        Members(RegionSelection.Bottom(map, 0.2)).Should().Equal(5, 6);
        map.Shapes.Keys.Sum(name => TensorScores.Of(map, name).TiesAtThreshold(0.2)).Should().Be(2);
    }

    [TestCase(0, 0)]
    [TestCase(0.05, 0)]
    [TestCase(0.19, 1)]
    [TestCase(1, 10)]
    public void A_ratio_takes_the_integer_part(double ratio, int members)
    {
        using ImportanceMap map = Map(5, 1, 4, 2, 3, 9, 8, 7, 6, 0);
        RegionSelection.Top(map, ratio).Count.Should().Be(members);
    }

    [Test]
    public void A_random_region_can_have_the_size_of_another_in_each_tensor()
    {
        using ImportanceMap map = Map(5, 1, 4, 2, 3, 9, 8, 7, 6, 0);
        Region top = RegionSelection.Top(map, 0.3);
        Region like = RegionSelection.RandomLike(top, 1);
        like.Parts.Select(p => (p.Key, p.Value.Mask.Count)).Should().Equal(top.Parts.Select(p => (p.Key, p.Value.Mask.Count)));
        like.Hash().Should().Be(RegionSelection.RandomLike(top, 1).Hash());
        Enumerable.Range(0, 50).Select(seed => RegionSelection.RandomLike(top, (ulong)seed)).SelectMany(Members).Distinct().Should().HaveCount(10, "every weight can be drawn");
    }

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void A_ratio_outside_0_to_1_is_refused(double ratio) =>
        FluentActions.Invoking(() => RegionSelection.Size(ratio, 10)).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void A_random_region_follows_its_seed_and_has_the_exact_size()
    {
        (string Name, long[] Shape)[] shapes =
            [("model.layers.0.mlp.up_proj.weight", [20, 30]), ("model.layers.0.input_layernorm.weight", [30])];
        Region one = RegionSelection.Random(shapes, 0.1, 1);
        one.Parts.Values.Select(p => p.Mask.Count).Should().Equal(3, 60);
        one.Hash().Should().Be(RegionSelection.Random(shapes, 0.1, 1).Hash()).And.NotBe(RegionSelection.Random(shapes, 0.1, 2).Hash());
    }

    [Test]
    public void Random_weights_of_a_tensor_follow_its_name_so_that_another_tensor_moves_none()
    {
        (string Name, long[] Shape) up = ("model.layers.0.mlp.up_proj.weight", [20, 30]);
        (string Name, long[] Shape) gate = ("model.layers.0.mlp.gate_proj.weight", [20, 30]);
        Region both = RegionSelection.Random([gate, up], 0.1, 1);
        both.Parts[up.Name].Mask.Should().NotBe(both.Parts[gate.Name].Mask);
        both.Parts[up.Name].Mask.Should().Be(RegionSelection.Random([up], 0.1, 1).Parts[up.Name].Mask);
    }

    [Test]
    public void Every_weight_is_drawn_equally_often()
    {
        // 2 of 5 in 2,000 draws: 800 each, with a standard deviation of 22; five of those.
        long[] drawn = [.. Enumerable.Range(0, 2000).SelectMany(seed => Members(RegionSelection.Random([("model.layers.0.mlp.up_proj.weight", [5])], 0.4, (ulong)seed)))];
        drawn.Should().HaveCount(4000);
        drawn.GroupBy(i => i).Select(g => g.Count()).Should().HaveCount(5).And.AllSatisfy(n => n.Should().BeInRange(800 - 109, 800 + 109));
    }

    [TestCase(0, 0)]
    [TestCase(1, 5)]
    public void No_weight_and_every_weight_can_be_drawn(double ratio, int members) =>
        RegionSelection.Random([("model.layers.0.mlp.up_proj.weight", [5])], ratio, 1).Count.Should().Be(members);

    [Test]
    public void Norms_take_part_where_the_reading_says_so_and_nothing_outside_the_blocks_ever_does()
    {
        (string Name, long[] Shape)[] shapes = [("model.embed_tokens.weight", [9, 4]), ("model.layers.0.mlp.up_proj.weight", [2, 4]), ("model.layers.0.input_layernorm.weight", [4]), ("model.layers.0.self_attn.q_proj.bias", [4]), ("model.norm.weight", [4])];
        RegionSelection.Covered(shapes, NormReading.WithNorms).Should().Equal(shapes[1..4], "the released code takes every tensor of a block");
        RegionSelection.Covered(shapes, NormReading.MatricesOnly).Should().Equal(shapes[1]);
        RegionSelection.Random(shapes, 0.5, 1, NormReading.MatricesOnly).Parts.Keys.Should().Equal(shapes[1].Name);
    }

    // 0.29 · 100 is 28.999999999999996 in float64, and int() of it is 28 in the released code too.
    [TestCase(0.29, 100, 28)]
    [TestCase(0.03, 100, 3)]
    [TestCase(0.05, 4_294_967_296, 214_748_364)]
    [TestCase(0, 7, 0)]
    [TestCase(1, 7, 7)]
    public void The_size_is_the_integer_part_of_the_product(double ratio, long elements, long expected) =>
        RegionSelection.Size(ratio, elements).Should().Be(expected);

    [Test]
    public void Progress_rises_with_the_weights_of_each_tensor()
    {
        (string Name, long[] Shape)[] shapes =
            [("model.layers.0.mlp.up_proj.weight", [20, 30]), ("model.layers.0.input_layernorm.weight", [200])];
        List<double> shares = [];
        RegionSelection.Random(shapes, 0.1, 1, progress: shares.Add);
        shares.Should().Equal(0.75, 1);
    }

    [Test]
    public void Norms_of_single_heads_take_no_part() =>
        RegionSelection.Covered([("model.layers.0.self_attn.q_norm.weight", [4]), ("model.layers.0.self_attn.k_norm.weight", [4])], NormReading.WithNorms).Should().BeEmpty();

    [Test]
    public void A_map_without_a_weight_of_a_block_is_refused()
    {
        using ImportanceMap map = Map("model.embed_tokens.weight", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        FluentActions.Invoking(() => RegionSelection.Top(map, 0.1)).Should().Throw<InputException>().WithMessage("*no weight of a block*");
    }

    private static long[] Members(Region region) => [.. region.Parts.Values.Single().Mask.Members()];

    // A map is made through its file, as a user's would be.
    private ImportanceMap Map(params float[] scores) => Map("model.layers.0.mlp.up_proj.weight", scores);

    private ImportanceMap Map(string name, params float[] scores)
    {
        string path = Path.Combine(folder, "map.safetensors");
        using Tensor values = tensor(scores, [2, 5]);
        SafetensorsFile.Write(
            path,
            new Dictionary<string, Tensor> { [name] = values },
            new Dictionary<string, string> { ["kind"] = "importance", ["reading"] = "signed", ["documents"] = "1", ["tokens"] = "1" });
        return ImportanceMap.Load(path);
    }
}
