using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Training;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AdamWTests : IDisposable
{
    private const string Gate = "model.layers.0.mlp.gate_proj.weight";
    private static readonly TrainingSettings Settings = new() { Steps = 6, LearningRate = 0.01, WarmUpSteps = 2 };
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config());
    private readonly Region region;

    public AdamWTests() => region = RegionSelection.Random(ParameterSet.Shapes(model.Config), 0.2, 3);

    public void Dispose() => model.Dispose();

    [TestCase(1.0, Description = "gradients are clipped")]
    [TestCase(1e6, Description = "gradients are not clipped")]
    public void Every_weight_moves_as_one_alone_would(double clipNorm)
    {
        TrainingSettings settings = Settings with { ClipNorm = clipNorm };
        ScalarAdamW[] alone = [.. model.Values(Gate).Select(w => new ScalarAdamW(w, settings))];
        using AdamW optimizer = new(model.Parameters, settings);
        for (int step = 0; step < settings.Steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            Dictionary<string, Tensor> gradients = Gradients(step);
            double norm = Math.Sqrt(gradients.Values.Sum(g => g.data<float>().Sum(v => (double)v * v)));
            float[] own = [.. gradients[Gate].data<float>()];
            optimizer.Step([.. gradients.Values]).ToSingle().Should().BeApproximately((float)norm, 1e-5f * (float)norm);
            for (int i = 0; i < alone.Length; i++)
                alone[i].Step(own[i] * Math.Min(1, clipNorm / norm));
        }

        // Six updates of at most 0.01 in float32.
        model.Values(Gate).Should().Equal(alone, (w, a) => Math.Abs(w - a.Weight) < 5e-7);
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.BFloat16)]
    public void A_factor_of_0_holds_the_region_and_nothing_else(ScalarType type)
    {
        Dictionary<string, float[]> plain = Trained(type, Settings.Steps, null);
        Dictionary<string, float[]> slowed = Trained(type, Settings.Steps, 0);
        using LlamaModel before = TinyModels.Copy(model, type);
        foreach ((string name, float[] values) in slowed)
            values.Should().Equal(plain[name].Zip(before.Values(name), (moved, held) => (moved, held)).Select((w, i) => IsMember(name, i) ? w.held : w.moved), name);
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.BFloat16)]
    public void A_factor_of_1_is_plain_training_bit_for_bit(ScalarType type)
    {
        // Steps that leap over zero are where a difference of two weights does not add up to the second again.
        using (no_grad())
            model.Parameters[Gate].mul_(1e-4);
        Dictionary<string, float[]> plain = Trained(type, Settings.Steps, null);
        foreach ((string name, float[] values) in Trained(type, Settings.Steps, 1))
            values.Should().Equal(plain[name], name);
    }

    [Test]
    public void A_factor_of_a_half_halves_the_first_step_of_the_region()
    {
        Dictionary<string, float[]> before = model.Values();
        Dictionary<string, float[]> plain = Trained(ScalarType.Float32, 1, null);
        foreach ((string name, float[] values) in Trained(ScalarType.Float32, 1, 0.5))
        {
            for (int i = 0; i < values.Length; i++)
            {
                // Weights are of order 1 in float32.
                double move = (double)plain[name][i] - before[name][i];
                ((double)values[i] - before[name][i]).Should().BeApproximately(IsMember(name, i) ? move / 2 : move, 2.5e-7, $"{name}[{i}]");
            }
        }
    }

    [Test]
    public void Weights_held_in_float32_take_the_values_that_bfloat16_ones_take([Values(null, 0.5)] double? factor)
    {
        Dictionary<string, float[]> narrow = Trained(ScalarType.BFloat16, Settings.Steps, factor);
        using LlamaModel rounded = TinyModels.Copy(model, ScalarType.BFloat16);
        using LlamaModel held = TinyModels.Copy(rounded, ScalarType.Float32);
        using AdamW optimizer = new(held.Parameters.Weights(), Settings, _ => ScalarType.BFloat16);
        Train(optimizer, Settings.Steps, factor);
        foreach ((string name, float[] values) in held.Values())
            values.Should().Equal(narrow[name], name);
    }

    private bool IsMember(string name, int index) => region.Parts.TryGetValue(name, out RegionPart? part) && part.Mask[index];

    private Dictionary<string, float[]> Trained(ScalarType type, int steps, double? factor)
    {
        using LlamaModel copy = TinyModels.Copy(model, type);
        using AdamW optimizer = new(copy.Parameters, Settings);
        Train(optimizer, steps, factor);
        return copy.Values();
    }

    private void Train(AdamW optimizer, int steps, double? factor)
    {
        if (factor is { } slow)
            optimizer.Slow(region, slow);
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.Step([.. Gradients(step).Values]);
        }
    }

    private Dictionary<string, Tensor> Gradients(int step)
    {
        using Generator generator = new((ulong)(100 + step), CPU);
        return model.Parameters.ToDictionary(p => p.Key, p => randn(p.Value.shape, generator: generator));
    }
}
