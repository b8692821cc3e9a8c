using System.Globalization;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using Repro.Engine.Seeds;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Regions;

public sealed class MatchedRandomTests
{
    private const string Name = "model.layers.0.mlp.up_proj.weight";

    private string folder = "";
    private int maps;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void As_many_weights_of_each_magnitude_are_drawn_and_none_of_the_regions()
    {
        using ImportanceMap magnitudes = Map(8, 8, 4, 4, 4, 1, 1, 1, 1, 1);
        Region region = Matrix(2, 5, 0, 2, 5);
        long[][] drawn = [.. Enumerable.Range(0, 50).Select(seed => Members(MatchedRandom.InMagnitude(region, magnitudes, (ulong)seed)))];
        drawn.Should().AllSatisfy(members =>
        {
            members.Should().HaveCount(3).And.HaveElementAt(0, 1, "the other weight of size 8");
            members[1].Should().BeOneOf(3, 4);
            members[2].Should().BeOneOf(6, 7, 8, 9);
        });
        drawn.SelectMany(m => m).Distinct().Should().BeEquivalentTo([1, 3, 4, 6, 7, 8, 9], "every one can be drawn");
    }

    [Test]
    public void Where_no_other_is_as_large_the_next_smaller_are_drawn()
    {
        using ImportanceMap magnitudes = Map(16, 8, 4, 2, 1, 1, 1, 1, 1, 1);
        Members(MatchedRandom.InMagnitude(Matrix(2, 5, 0, 1), magnitudes, 1)).Should().Equal(2, 3);
    }

    [Test]
    public void Where_no_other_is_as_small_a_larger_one_is_drawn()
    {
        using ImportanceMap magnitudes = Map(16, 16, 4, 4, 4, 4, 4, 4, 4, 1);
        Members(MatchedRandom.InMagnitude(Matrix(2, 5, 9), magnitudes, 1)).Should().ContainSingle().Which.Should().BeInRange(2, 8);
        Members(MatchedRandom.InMagnitude(Matrix(2, 5, 2, 3, 4, 5, 9), magnitudes, 1)).Should().Equal([0, 1, 6, 7, 8], "of ten weights five others are left");
    }

    [Test]
    public void Weights_less_than_1_percent_apart_are_as_large_as_each_other_and_those_2_percent_apart_are_not()
    {
        using ImportanceMap alike = Map(1, 1.007f, 3, 3, 3, 3, 3, 3, 3, 3);
        Members(MatchedRandom.InMagnitude(Matrix(2, 5, 0), alike, 1)).Should().Equal(1);
        using ImportanceMap apart = Map(1.02f, 1, 1.02f, 3, 3, 3, 3, 3, 3, 3);
        Members(MatchedRandom.InMagnitude(Matrix(2, 5, 0), apart, 1)).Should().Equal(2);
    }

    [Test]
    public void Of_more_than_half_of_a_tensor_no_others_can_be_drawn()
    {
        using ImportanceMap magnitudes = Map(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        FluentActions.Invoking(() => MatchedRandom.InMagnitude(Matrix(2, 5, 0, 1, 2, 3, 4, 5), magnitudes, 1)).Should().Throw<ArgumentException>().WithMessage("*more than half*");
    }

    [Test]
    public void Each_row_or_each_column_has_as_many_as_the_region()
    {
        // Rows of 2 and 1 members; columns of 1, 1, 1, 0, 0.
        Region region = Matrix(2, 5, 0, 1, 7);
        Region[] rows = [.. Enumerable.Range(0, 50).Select(seed => MatchedRandom.InDimensions(region, MatrixAxis.Row, (ulong)seed))];
        rows.Should().AllSatisfy(r => Dimensions.Counts(r.Parts[Name], MatrixAxis.Row).Should().Equal(2, 1));
        rows.SelectMany(Members).Distinct().Should().HaveCount(10, "every weight can be drawn, the region's too");
        Region[] columns = [.. Enumerable.Range(0, 50).Select(seed => MatchedRandom.InDimensions(region, MatrixAxis.Column, (ulong)seed))];
        columns.Should().AllSatisfy(r => Dimensions.Counts(r.Parts[Name], MatrixAxis.Column).Should().Equal(1, 1, 1, 0, 0));
        columns.SelectMany(Members).Distinct().Should().BeEquivalentTo([0, 1, 2, 5, 6, 7]);
    }

    [Test]
    public void A_large_region_is_matched_in_every_row_and_column_and_in_the_distribution_of_magnitudes()
    {
        const int Rows = 120;
        const int Columns = 140;
        using Generator generator = new(3, CPU);
        using Tensor weights = randn(Rows, Columns, generator: generator).abs();
        using ImportanceMap magnitudes = Map(weights);
        float[] values = [.. weights.data<float>()];

        // The 500 largest of |gθ| are larger than most.
        float[] scores = [.. (weights * randn(Rows, Columns, generator: generator).abs()).data<float>()];
        Region region = Matrix(Rows, Columns, [.. Enumerable.Range(0, values.Length).OrderByDescending(i => scores[i]).Take(500).Select(i => (long)i)]);
        foreach (MatrixAxis axis in Enum.GetValues<MatrixAxis>())
            Dimensions.Counts(MatchedRandom.InDimensions(region, axis, 5).Parts[Name], axis).Should().Equal(Dimensions.Counts(region.Parts[Name], axis));
        Region alike = MatchedRandom.InMagnitude(region, magnitudes, 5);
        alike.Intersect(region).Count.Should().Be(0);
        float[] own = [.. Members(region).Select(i => values[i]).Order()];
        float[] drawn = [.. Members(alike).Select(i => values[i]).Order()];
        drawn.Should().HaveCount(500);
        own.Average().Should().BeGreaterThan(1.5f * values.Average());
        foreach (int place in new[] { 50, 250, 450 })
            drawn[place].Should().BeApproximately(own[place], 0.02f * own[place], $"the quantiles are alike at place {place} of 500");
        drawn.Average().Should().BeApproximately(own.Average(), 0.01f * own.Average());
    }

    [Test]
    public void A_seed_gives_its_own_draw_and_each_tensor_another()
    {
        Region region = new([.. new[] { "a", "b" }.Select(name => KeyValuePair.Create(name, Part(20, 20, [.. Enumerable.Range(0, 40).Select(i => (long)i)])))]);
        Region drawn = MatchedRandom.InDimensions(region, MatrixAxis.Column, 1);
        MatchedRandom.InDimensions(region, MatrixAxis.Column, 1).Hash().Should().Be(drawn.Hash());
        MatchedRandom.InDimensions(region, MatrixAxis.Column, 2).Hash().Should().NotBe(drawn.Hash());
        drawn.Parts["a"].Mask.Should().NotBe(drawn.Parts["b"].Mask);
    }

    [Test]
    public void Every_weight_of_a_row_is_drawn_equally_often()
    {
        // 2 of 5 in 2,000 draws: 800 each, with a standard deviation of 22; five of those.
        Region region = Matrix(1, 5, 0, 1);
        long[] drawn = [.. Enumerable.Range(0, 2000).SelectMany(seed => Members(MatchedRandom.InDimensions(region, MatrixAxis.Row, SplitMix.Derive((ulong)seed, ""))))];
        drawn.GroupBy(i => i).Select(g => g.Count()).Should().HaveCount(5).And.AllSatisfy(n => n.Should().BeInRange(800 - 109, 800 + 109));
    }

    [Test]
    public void A_vector_is_one_row()
    {
        Bitmask mask = new(4);
        mask.Add(2);
        Region region = new([KeyValuePair.Create("norm", new RegionPart([4], mask))]);
        foreach (MatrixAxis axis in Enum.GetValues<MatrixAxis>())
            Enumerable.Range(0, 50).SelectMany(seed => Members(MatchedRandom.InDimensions(region, axis, (ulong)seed))).Distinct().Should().HaveCount(4);
    }

    private static long[] Members(Region region) => [.. region.Parts.Values.Single().Mask.Members()];

    private static Region Matrix(long rows, long columns, params long[] members) => new([KeyValuePair.Create(Name, Part(rows, columns, members))]);

    private static RegionPart Part(long rows, long columns, long[] members)
    {
        Bitmask mask = new(rows * columns);
        foreach (long member in members)
            mask.Add(member);
        return new RegionPart([rows, columns], mask);
    }

    private ImportanceMap Map(params float[] magnitudes)
    {
        using Tensor values = tensor(magnitudes, [2, 5]);
        return Map(values);
    }

    // A map is made through its file, as a user's would be.
    private ImportanceMap Map(Tensor magnitudes)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"map-{++maps}.safetensors"));
        SafetensorsFile.Write(
            path,
            new Dictionary<string, Tensor> { [Name] = magnitudes },
            new Dictionary<string, string> { ["kind"] = "importance", ["reading"] = "signed", ["documents"] = "1", ["tokens"] = "1" });
        return ImportanceMap.Load(path);
    }
}
