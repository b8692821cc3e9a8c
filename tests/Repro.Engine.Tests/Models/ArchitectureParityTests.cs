using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>Each architecture, loaded from a folder in its own layout, against an independent float64 reference: scores, loss and every gradient.</summary>
[TestFixture("LLaMA-1 7B")]
[TestFixture("LLaMA-2 7B")]
[TestFixture("TinyLlama 1.1B")]
[TestFixture("OpenLLaMA 3B")]
[TestFixture("Mistral 7B")]
[TestFixture("LLaMA-3.1 8B Instruct")]
[TestFixture("LLaMA-3.2 1B")]
[TestFixture("Qwen2 0.5B")]
[TestFixture("Qwen2 7B")]
[TestFixture("LLaMA with attention_bias")]
public sealed class ArchitectureParityTests : IDisposable
{
    // Sums of a few hundred terms of order 1: float64 keeps 16 digits and float32 7, less about two.
    private const double Exact = 1e-12;
    private const double Single = 2e-5;

    // The rounding of a loss over a step of 1e-6, which outweighs the truncation of the difference.
    private const double Difference = 1e-8;
    private static readonly int[][] Documents = [[1, 4, 7, 3, 12, 12, 2], [1, 9, 5, 11, 8, 10, 6, 2], [1, 6, 2]];
    private readonly HandMadeCheckpoint checkpoint;
    private readonly Lazy<Dictionary<string, double[]>> slopes;

    public ArchitectureParityTests(string name)
    {
        checkpoint = name == "LLaMA with attention_bias"
            ? new HandMadeCheckpoint("LLaMA-3 8B", edit: json => json["attention_bias"] = true)
            : new HandMadeCheckpoint(name, edit: Noticeable);
        ReferenceLlama reference = checkpoint.Reference();
        slopes = new(() => reference.Weights.ToDictionary(w => w.Key, w => w.Value.Select((_, i) => reference.Slope(Documents, w.Key, i)).ToArray()));
    }

    public void Dispose() => checkpoint.Dispose();

    [TestCase(ScalarType.Float64, Exact)]
    [TestCase(ScalarType.Float32, Single)]
    public void Scores_equal_the_reference(ScalarType type, double tolerance)
    {
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, type);
        ReferenceLlama reference = checkpoint.Reference();
        foreach (int[] document in Documents)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor scores = model.Forward(tensor(document.Select(id => (long)id).ToArray(), [1, document.Length]));
            double[] expected = [.. reference.Logits(document).SelectMany(v => v)];
            double[] got = [.. scores.to(ScalarType.Float64).flatten().data<double>()];
            got.Should().HaveSameCount(expected);
            got.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(tolerance);
        }
    }

    [TestCase(ScalarType.Float64, Difference)]
    [TestCase(ScalarType.Float32, Single)]
    public void The_loss_and_the_gradient_of_every_weight_equal_the_reference(ScalarType type, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, type);
        using TokenBatch batch = new(Documents);
        Tensor loss = TokenLoss.Mean(model.Forward(batch.Inputs_BT), batch.Targets_BT);
        loss.ToDouble().Should().BeApproximately(checkpoint.Reference().Loss(Documents), tolerance);
        loss.backward();

        model.Parameters.Keys.Should().BeEquivalentTo(checkpoint.Weights.Keys);
        foreach ((string name, Parameter weight) in model.Parameters)
        {
            double[] gradient = [.. weight.grad!.to(ScalarType.Float64).flatten().data<double>()];
            gradient.Should().HaveSameCount(slopes.Value[name]).And.Contain(g => g != 0, name);
            gradient.Zip(slopes.Value[name], (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(tolerance, name);
        }
    }

    [Test]
    public void Gradients_block_by_block_equal_the_reference_whether_blocks_are_resident_or_streamed([Values] bool streamed)
    {
        DeviceMap devices = new([CPU], Checkpoint.ReadConfig(checkpoint.Root).LayerCount);
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, devices, streamed, ScalarType.Float64);
        using TokenBatch batch = new(Documents);
        List<string> visited = [];
        LayerwiseGradients.Visit(model, [batch], new GradientCallback((name, gradient) =>
        {
            visited.Add(name);
            gradient.flatten().data<double>().Zip(slopes.Value[name], (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(Difference, name);
        }));
        visited.Should().BeEquivalentTo(checkpoint.Weights.Keys.Where(ParameterSet.IsInBlock));
    }

    [Test]
    public void A_model_that_is_saved_loads_as_the_same()
    {
        using TestFolder saved = new();
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, ScalarType.Float32);
        Checkpoint.Save(saved.Root, model, ScalarType.Float32);
        using LlamaModel read = Checkpoint.Load(saved.Root);
        read.Config.Should().Be(model.Config with { WeightType = ScalarType.Float32 });
        read.Values().Should().BeEquivalentTo(model.Values());
    }

    // Frequencies that differ within a few tokens, one of them kept, one blended and two stretched; a window as long as the longest document.
    private static void Noticeable(JsonObject config)
    {
        if (config["rope_scaling"] is JsonObject scaling)
        {
            scaling["original_max_position_embeddings"] = 32;
            config["rope_theta"] = 50.0;
            config["head_dim"] = 8;
        }

        if (config["model_type"]!.GetValue<string>() == "mistral")
            config["sliding_window"] = 8;
    }
}
