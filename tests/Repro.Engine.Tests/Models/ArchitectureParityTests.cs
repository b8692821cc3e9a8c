using System.Text.Json.Nodes;
using Repro.Engine.Checkpoints;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using Repro.Engine.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>
/// Each architecture, loaded from a folder in its own layout, against an independent float64 reference: scores, loss and every gradient.
/// </summary>
[TestFixture("LLaMA-1 7B")]
[TestFixture("LLaMA-2 7B")]
[TestFixture("TinyLlama 1.1B")]
[TestFixture("OpenLLaMA 3B")]
[TestFixture("Mistral 7B")]
[TestFixture("LLaMA-3.1 8B Instruct")]
[TestFixture("LLaMA-3.2 1B")]
[TestFixture("Qwen2 0.5B")]
[TestFixture("Qwen2 7B")]
[TestFixture("Qwen3 0.6B")]
[TestFixture("SmolLM2 135M")]
[TestFixture("SmolLM3 3B")]
[TestFixture("OLMo-2 7B")]
[TestFixture("OLMo-2 with grouped queries and attention_bias")]
[TestFixture("Phi-3 mini 4k")]
[TestFixture("Phi-3 with grouped queries")]
[TestFixture("Gemma-2 2B")]
[TestFixture("Gemma-2 without soft caps")]
[TestFixture("LLaMA with attention_bias")]
[TestFixture("Qwen3 with attention_bias")]
public sealed class ArchitectureParityTests : IDisposable
{
    // Sums of a few hundred terms of order 1: float64 keeps 16 digits and float32 7, less two or three.
    private const double Exact = 1e-12;
    private const double Single = 3e-5;

    // The rounding of a loss over a step of 1e-6, which outweighs the truncation of the difference.
    private const double Difference = 1e-8;
    private static readonly int[][] Documents = [[1, 4, 7, 3, 12, 12, 2], [1, 9, 5, 11, 8, 10, 6, 2], [1, 6, 2]];
    private readonly HandMadeCheckpoint checkpoint;
    private readonly Lazy<Dictionary<string, double[]>> slopes;

    public ArchitectureParityTests(string name)
    {
        checkpoint = name switch
        {
            "LLaMA with attention_bias" => new HandMadeCheckpoint("LLaMA-3 8B", edit: Biased),
            "Qwen3 with attention_bias" => new HandMadeCheckpoint("Qwen3 8B", edit: Biased),
            "OLMo-2 with grouped queries and attention_bias" => new HandMadeCheckpoint("OLMo-2 7B", edit: GroupedAndBiased),
            "Phi-3 with grouped queries" => new HandMadeCheckpoint("Phi-3 mini 4k", ScalarType.BFloat16, sharded: true, config => (config["num_key_value_heads"], config["sliding_window"]) = (2, null)),
            "Gemma-2 without soft caps" => new HandMadeCheckpoint("Gemma-2 2B", edit: Uncapped),
            _ => new HandMadeCheckpoint(name, edit: Noticeable),
        };
        ReferenceLlama reference = checkpoint.Reference();
        slopes = new(() => checkpoint.Unfused(
            reference.Weights.ToDictionary(w => w.Key, w => w.Value.Select((_, i) => reference.Slope(Documents, w.Key, i)).ToArray())));
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

        model.Parameters.Keys.Should().BeEquivalentTo(slopes.Value.Keys);
        foreach ((string name, Parameter weight) in model.Parameters)
        {
            double[] gradient = [.. weight.grad!.to(ScalarType.Float64).flatten().data<double>()];
            gradient.Max(g => Math.Abs(g)).Should().BePositive(name);
            Compare(name, gradient, tolerance);
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
            Compare(name, [.. gradient.flatten().data<double>()], Difference);
        }));
        visited.Should().BeEquivalentTo(slopes.Value.Keys.Where(n => n.StartsWith("model.layers.", StringComparison.Ordinal)));
    }

    [Test]
    public void Tokens_that_are_read_one_by_one_are_scored_as_by_the_reference()
    {
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, ScalarType.Float64);
        int[] document = Documents[1];
        double[][] expected = checkpoint.Reference().Logits(document);
        using KeyValueCache read = new();
        for (int t = 0; t < document.Length; t++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor scores = model.Logits(model.Through(model.Embed(tensor(new long[,] { { document[t] } })), 0, model.Config.LayerCount, read));
            scores.flatten().data<double>().Zip(expected[t], (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(Exact);
        }
    }

    [Test]
    public void Gradients_of_models_that_are_trained_together_equal_the_reference()
    {
        using DisposeScope scope = NewDisposeScope();
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, ScalarType.Float64);
        using ModelStack stack = new(model.Config, ScalarType.Float64, CPU, runs: 2);
        for (int run = 0; run < stack.Count; run++)
            stack.CopyFrom(run, model.Parameters);
        using TokenBatch batch = new(Documents, multiple: stack.TokensMultiple);
        (Tensor losses_R, Tensor[] gradients) = stack.Backward(batch);
        losses_R[1].ToDouble().Should().BeApproximately(checkpoint.Reference().Loss(Documents), Exact);
        foreach ((string name, Tensor gradient) in stack.Weights.Keys.Zip(gradients, (name, ofRuns) => (name, ofRuns[1])))
        {
            Tensor asStored = gradient.dim() == 2 && model.Layout.RoleOf(name).IsInBlock() ? gradient.t() : gradient;
            Compare(name, [.. asStored.flatten().data<double>()], Difference);
        }
    }

    [Test]
    public void A_model_that_is_trained_has_the_references_loss()
    {
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, ScalarType.Float64);
        using Trainer trainer = new(model, Documents, new TrainingSettings { Steps = 1, BatchSize = Documents.Length });
        trainer.Run();
        trainer.Losses.Should().ContainSingle().Which.Should().BeApproximately(checkpoint.Reference().Loss(Documents), Exact);
    }

    [Test]
    public void A_model_that_is_saved_loads_as_the_same()
    {
        using TemporaryFolder saved = new();
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, ScalarType.Float32);
        Checkpoint.Save(saved.Path, model, ScalarType.Float32);
        using LlamaModel read = Checkpoint.Load(saved.Path);
        read.Config.Should().Be(model.Config with { WeightType = ScalarType.Float32 });
        read.Values().Should().BeEquivalentTo(model.Values());
        using SafetensorsFile file = SafetensorsFile.Open(saved.File("model.safetensors"));
        file.Header.Tensors.Keys.Should().BeEquivalentTo(checkpoint.Weights.Keys);
    }

    // To the digits of the tensor's largest gradient, where that is above 1.
    private void Compare(string name, double[] gradient, double tolerance)
    {
        double[] expected = slopes.Value[name];
        gradient.Should().HaveSameCount(expected, name);
        double largest = Math.Max(1, expected.Max(Math.Abs));
        gradient.Zip(expected, (a, b) => Math.Abs(a - b) / largest).Max().Should().BeLessThan(tolerance, name);
    }

    private static void Biased(JsonObject config) => config["attention_bias"] = true;

    private static void GroupedAndBiased(JsonObject config) => (config["num_key_value_heads"], config["attention_bias"]) = (2, true);

    private static void Uncapped(JsonObject config) =>
        (config["attn_logit_softcapping"], config["final_logit_softcapping"], config["attention_bias"], config["tie_word_embeddings"]) = (null, null, true, false);

    // Frequencies that differ within a few tokens, one of them kept, one blended and two stretched; a window as long as the longest document; one layer
    // of two that is not rotated; soft caps that most scores come near to.
    private static void Noticeable(JsonObject config)
    {
        if (config["rope_scaling"] is JsonObject scaling)
        {
            scaling["original_max_position_embeddings"] = 32;
            config["rope_theta"] = 50.0;
            config["head_dim"] = 8;
        }

        string type = config["model_type"]!.GetValue<string>();
        if (type == "mistral")
            config["sliding_window"] = 8;
        if (type == "gemma2")
            (config["sliding_window"], config["query_pre_attn_scalar"], config["attn_logit_softcapping"], config["final_logit_softcapping"]) = (8, 3.0, 1.5, 2.0);
        if (type == "smollm3")
            config["no_rope_layers"] = new JsonArray(1, 0);
    }
}
