using Repro.Engine.Checkpoints;
using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Engine.Regions;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Importance;

/// <summary>What is held where decides no number: weights resident, spread or streamed, sums anywhere, one micro-batch or all through a block together.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PlacementTests : IDisposable
{
    private static readonly LlamaConfig Config = TinyModels.Config(keyValueHeads: 1) with { LayerCount = 3 };

    private readonly TestFolder folder = new();
    private readonly LlamaModel resident;

    public PlacementTests()
    {
        using LlamaModel random = TinyModels.Random(Config);
        Checkpoint.Save(folder.Root, random);
        resident = Checkpoint.Load(folder.Root);
    }

    public void Dispose()
    {
        resident.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Sums_are_the_same_bits_wherever_they_are_held_and_however_many_batches_go_together(
        [Values] ImportanceReading reading, [Values] SumPlacement placement, [Values(0, 5, 1000)] int together, [Values] bool streamed)
    {
        using LlamaModel model = Load(streamed);
        GradientPass pass = new(2, reading) { Placement = placement, TokensTogether = together };
        Maps(model, pass).Should().BeEquivalentTo(Maps(resident, new GradientPass(2, reading)));
    }

    [Test]
    public void Narrow_sums_are_as_narrow_in_a_file([Values(0, 1000)] int together, [Values] bool streamed)
    {
        using LlamaModel model = Load(streamed);
        GradientPass narrow = new(1, ImportanceReading.Signed) { Accumulator = ScalarType.BFloat16 };
        Dictionary<string, double[]> inMemory = Maps(resident, narrow);
        Maps(model, narrow with { Placement = SumPlacement.File, TokensTogether = together }).Should().BeEquivalentTo(inMemory);
        inMemory.Should().NotBeEquivalentTo(Maps(resident, narrow with { Accumulator = ScalarType.Float32 }));
    }

    [Test]
    public void Sums_survive_their_sealed_file_and_merge_to_the_same_bits([Values] SumPlacement placement)
    {
        GradientPass pass = new(1, ImportanceReading.Signed) { Placement = placement };
        string[] paths = [folder["a.safetensors"], folder["b.safetensors"]];
        GradientSums.Write(paths[0], new Dictionary<string, string>(), resident, TinyModels.Documents[..1], pass);
        GradientSums.Write(paths[1], new Dictionary<string, string>(), resident, TinyModels.Documents[1..], pass);
        SafetensorsFile[] files = [.. paths.Select(SafetensorsFile.Open)];
        files.Should().OnlyContain(f => f.IsIntact());
        GradientSums[] parts = [.. files.Select(GradientSums.Of)];
        using GradientSums first = GradientSums.Over(resident, TinyModels.Documents[..1], pass with { Placement = SumPlacement.Device });
        using GradientSums rest = GradientSums.Over(resident, TinyModels.Documents[1..], pass with { Placement = SumPlacement.Device });
        Values(GradientSums.Merge(parts).ToMap(resident)).Should().BeEquivalentTo(Values(GradientSums.Merge(first, rest).ToMap(resident)));
        foreach (GradientSums part in parts)
            part.Dispose();
    }

    [Test]
    public void The_sum_of_one_weight_alone_is_the_one_among_all([Values] SumPlacement placement, [Values] bool streamed)
    {
        const string Name = "model.layers.1.input_layernorm.weight";
        using LlamaModel model = Load(streamed);
        GradientPass pass = new(2, ImportanceReading.Signed) { Placement = placement, TokensTogether = streamed ? 1000 : 0 };
        using GradientSums one = GradientSums.Over(model, TinyModels.Documents, pass, only: [Name]);
        one.ToMap(model).Values(Name).Should().Equal(Maps(resident, new GradientPass(2, ImportanceReading.Signed))[Name]);
    }

    [Test]
    public void Sums_that_belong_into_a_file_are_not_held_in_memory() =>
        FluentActions.Invoking(() => GradientSums.Over(resident, TinyModels.Documents, new GradientPass(1, ImportanceReading.Signed) { Placement = SumPlacement.File }))
            .Should().Throw<ArgumentException>();

    [Test]
    public void A_model_spread_over_devices_computes_what_one_device_computes()
    {
        using LlamaModel model = Checkpoint.Load(folder.Root, new DeviceMap([CPU, CPU], Config.LayerCount), streamsBlocks: false);
        Evaluator.Measure(model, TinyModels.Documents).Documents.Should().Equal(Evaluator.Measure(resident, TinyModels.Documents).Documents);
        Maps(model, new GradientPass(2, ImportanceReading.Signed)).Should().BeEquivalentTo(Maps(resident, new GradientPass(2, ImportanceReading.Signed)));
    }

    [Test]
    public void Blocks_are_spread_in_equal_runs_the_embedding_first_and_the_head_last()
    {
        DeviceMap map = new([new Device("cuda:0"), new Device("cuda:1"), new Device("cuda:2")], 7);
        Enumerable.Range(0, 7).Select(layer => map.OfLayer(layer).index).Should().Equal(0, 0, 0, 1, 1, 2, 2);
        map.Of(Config, ParameterSet.Embedding).index.Should().Be(0);
        map.Of(Config, ParameterSet.FinalNorm).index.Should().Be(2);
        map.Of(Config, ParameterSet.OutputHead).index.Should().Be(2);
        map.Of(Config with { TieWordEmbeddings = true }, ParameterSet.Embedding).index.Should().Be(0);
    }

    [Test]
    public void A_streamed_model_measures_what_a_resident_one_measures_before_under_and_after_an_edit()
    {
        using LlamaModel streamed = Load(true);
        streamed.IsStreamed.Should().BeTrue();
        string before = WeightFingerprint.Of(streamed);
        before.Should().Be(WeightFingerprint.Of(resident));
        Intervention edit = new Combined(
        [
            new RemoveRegion(RegionSelection.Random(ParameterSet.Shapes(Config), 0.3, 5)),
            EditWeight.Parse("model.layers.1.input_layernorm.weight[2]=4", multiply: true),
            EditWeight.Parse("model.norm.weight[1]=3", multiply: false),
            new ReinitialiseRows(["model.layers.2.mlp.down_proj.weight"], 3, 0.5, 9),
        ]);

        Same();
        using (edit.Apply(streamed))
        using (edit.Apply(resident))
        {
            Same();
            WeightFingerprint.Of(streamed).Should().Be(WeightFingerprint.Of(resident)).And.NotBe(before);
            Maps(streamed, new GradientPass(2, ImportanceReading.Absolute)).Should().BeEquivalentTo(Maps(resident, new GradientPass(2, ImportanceReading.Absolute)));
        }

        Same();
        WeightFingerprint.Of(streamed).Should().Be(before);

        void Same() => Evaluator.Measure(streamed, TinyModels.Documents).Documents.Should().Equal(Evaluator.Measure(resident, TinyModels.Documents).Documents);
    }

    [Test]
    public void A_streamed_model_writes_what_a_resident_one_writes()
    {
        using LlamaModel streamed = Load(true);
        TextGeneration.Generate(streamed, [1, 4], 6, 0, 0).Should().Equal(TextGeneration.Generate(resident, [1, 4], 6, 0, 0));
    }

    [Test]
    public void Exact_ablation_of_a_streamed_model_is_that_of_a_resident_one()
    {
        using LlamaModel streamed = Load(true);
        const string Name = "model.layers.1.self_attn.o_proj.weight";
        ExactAblation.Measure(streamed, Name, [3, 9], TinyModels.Documents).Should().Equal(ExactAblation.Measure(resident, Name, [3, 9], TinyModels.Documents));
    }

    [Test]
    public void Streaming_leaves_no_tensor_behind()
    {
        using LlamaModel streamed = Load(true);
        _ = Evaluator.Measure(streamed, TinyModels.Documents);
        Collect();
        long before = Tensor.TotalCount;
        _ = Evaluator.Measure(streamed, TinyModels.Documents);
        GradientSums.Over(streamed, TinyModels.Documents, new GradientPass(2, ImportanceReading.Signed)).Dispose();
        using (EditWeight.Parse("model.layers.1.input_layernorm.weight[2]=4", multiply: true).Apply(streamed))
            _ = Evaluator.Measure(streamed, TinyModels.Documents);
        Collect();
        Tensor.TotalCount.Should().BeLessThanOrEqualTo(before);
    }

    // What other tests left to the garbage collector must not count here.
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private LlamaModel Load(bool streamed) =>
        Checkpoint.Load(folder.Root, new DeviceMap([CPU], Config.LayerCount), streamed);

    private Dictionary<string, double[]> Maps(LlamaModel model, GradientPass pass)
    {
        string path = folder["map.safetensors"];
        ImportanceMap.Write(path, new Dictionary<string, string>(), model, TinyModels.Documents, pass);
        using ImportanceMap map = ImportanceMap.Load(path);
        return Values(map);
    }

    private static Dictionary<string, double[]> Values(ImportanceMap map) => map.Shapes.Keys.ToDictionary(name => name, map.Values);
}
