using Repro.Engine.Checkpoints;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Safetensors;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Checkpoints;

/// <summary>Gemma-2's files hold a norm's factor less 1; in memory it is the factor, as every other architecture's.</summary>
public sealed class NormFactorTests
{
    private const string Norm = "model.layers.1.pre_feedforward_layernorm.weight";

    [Test]
    public void Factors_are_held_in_float32_whatever_the_type_of_the_model([Values] bool streamed)
    {
        using HandMadeCheckpoint checkpoint = new("Gemma-2 2B", ScalarType.BFloat16);
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, new DeviceMap([CPU], 2), streamed, ScalarType.BFloat16);
        using Tensor norm = model.Weight(Norm).detach().clone();
        norm.dtype.Should().Be(ScalarType.Float32);
        norm.data<float>().ToArray().Should().Equal(checkpoint.Weights[Norm].Select(w => 1 + (float)w));
        using Tensor matrix = model.Weight("model.layers.1.mlp.up_proj.weight").detach().clone();
        matrix.dtype.Should().Be(ScalarType.BFloat16);
    }

    [Test]
    public void What_is_saved_has_the_stored_bits([Values(ScalarType.BFloat16, ScalarType.Float32)] ScalarType held)
    {
        using TemporaryFolder saved = new();
        using HandMadeCheckpoint checkpoint = new("Gemma-2 2B", ScalarType.BFloat16);
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, held);
        Checkpoint.Save(saved.Path, model, ScalarType.BFloat16);
        using SafetensorsFile file = SafetensorsFile.Open(saved.File("model.safetensors"));
        foreach ((string name, double[] expected) in checkpoint.Weights)
        {
            using Tensor stored = file.Read(name);
            using Tensor wide = stored.to(ScalarType.Float64).flatten();
            wide.data<double>().ToArray().Should().Equal(expected, name);
        }
    }

    // Whatever float32's sum loses of a small weight, the saved one gives the same sum.
    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.BFloat16)]
    [TestCase(ScalarType.Float16)]
    public void A_factor_near_1_is_the_same_after_saving(ScalarType type)
    {
        using TemporaryFolder saved = new();
        using HandMadeCheckpoint checkpoint = new("Gemma-2 2B");
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, type);
        using (Tensor small = tensor(new[] { 1e-7, -1e-7, 3e-8, 1.2345e-5, -1.2345e-5, 6.1e-5, 0, 0.25 }).to(type).to(ScalarType.Float64) + 1)
            model.Parameters.Set(Norm, small);
        Checkpoint.Save(saved.Path, model, type);
        using LlamaModel read = Checkpoint.Load(saved.Path, type);
        read.Values(Norm).Should().Equal(model.Values(Norm));
    }

    [Test]
    public void Reset_to_1_means_that_the_norm_multiplies_by_1()
    {
        using TemporaryFolder saved = new();
        using HandMadeCheckpoint checkpoint = new("Gemma-2 2B");
        using LlamaModel model = Checkpoint.Load(checkpoint.Root);
        using IDisposable reset = new EditWeight(Norm, [3], 1, Multiply: false).Apply(model);
        model.Values(Norm)[3].Should().Be(1);
        Checkpoint.Save(saved.Path, model);
        using SafetensorsFile file = SafetensorsFile.Open(saved.File("model.safetensors"));
        using Tensor stored = file.Read(Norm);
        stored.data<float>().ToArray()[3].Should().Be(0);
    }

    [Test]
    public void Training_in_bfloat16_leaves_the_factors_in_float32()
    {
        using HandMadeCheckpoint checkpoint = new("Gemma-2 2B", ScalarType.BFloat16);
        using LlamaModel model = Checkpoint.Load(checkpoint.Root, ScalarType.BFloat16);
        float[] before = model.Values(Norm);
        using Trainer trainer = new(model, TinyModels.Documents, new TrainingSettings { Steps = 1, BatchSize = 3, WarmUpSteps = 0, LearningRate = 1e-4 });
        trainer.Run();

        // A step of 1e-4 is below half of bfloat16's last digit at 1, 0.004.
        model.Values(Norm).Zip(before, (after, b) => Math.Abs(after - b)).Should().AllSatisfy(moved => moved.Should().BeInRange(1e-5f, 3e-4f));
    }

    [Test]
    public void A_random_checkpoint_multiplies_by_1()
    {
        using TemporaryFolder folder = new();
        using HandMadeCheckpoint checkpoint = new("Gemma-2 2B");
        RandomCheckpoint.Write(folder.Path, Checkpoint.ReadConfig(checkpoint.Root), ScalarType.BFloat16, seed: 1);
        using LlamaModel model = Checkpoint.Load(folder.Path);
        model.Values(Norm).Should().AllBeEquivalentTo(1f);
    }
}
