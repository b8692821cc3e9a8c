using Repro.Engine.Files;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Text;
using TorchSharp;

namespace Repro.Engine.Tests.Interventions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RescaleDimensionTests : IDisposable
{
    private const string Norm = "model.layers.1.input_layernorm.weight";
    private static readonly string[] Readers = [.. "qkv".Select(letter => $"model.layers.1.self_attn.{letter}_proj.weight")];
    private readonly LlamaModel model = TinyModels.Random(TinyModels.Config(keyValueHeads: 1));
    private readonly string before;

    public RescaleDimensionTests() => before = WeightFingerprint.Of(model);

    public void Dispose() => model.Dispose();

    [TestCase(1.0 / 1024)]
    [TestCase(8)]
    [TestCase(-2)]
    public void A_power_of_two_changes_no_bit_of_the_scores(double factor)
    {
        float[] expected = Scores();
        using IDisposable edit = new RescaleDimension(1, 5, factor).Apply(model);
        WeightFingerprint.Of(model).Should().NotBe(before);
        Scores().Should().Equal(expected);
    }

    [Test]
    public void Another_factor_changes_scores_by_rounding_only()
    {
        float[] expected = Scores();
        using IDisposable edit = new RescaleDimension(1, 5, 3).Apply(model);
        Scores().Should().Equal(expected, (a, b) => Math.Abs(a - b) < 2e-5);
    }

    [Test]
    public void The_norm_weight_is_multiplied_and_the_columns_that_read_it_divided()
    {
        Dictionary<string, float[]> old = model.Values();
        using IDisposable edit = new RescaleDimension(1, 5, 8).Apply(model);
        foreach ((string name, float[] values) in model.Values())
        {
            float[] expected = [.. old[name].Select((w, i) => (name == Norm && i == 5) ? w * 8 : (Readers.Contains(name) && i % 8 == 5) ? w / 8 : w)];
            values.Should().Equal(expected, name);
        }
    }

    [Test]
    public void Every_weight_comes_back_bit_for_bit()
    {
        new RescaleDimension(0, 2, 3).Apply(model).Dispose();
        WeightFingerprint.Of(model).Should().Be(before);
    }

    [TestCase(-1, 0L, 2)]
    [TestCase(2, 0L, 2)]
    [TestCase(0, -1L, 2)]
    [TestCase(0, 8L, 2)]
    [TestCase(0, 0L, 0)]
    public void A_place_that_does_not_exist_and_the_factor_0_are_refused(int layer, long dimension, double factor)
    {
        FluentActions.Invoking(() => new RescaleDimension(layer, dimension, factor).Apply(model)).Should().Throw<InputException>();
        WeightFingerprint.Of(model).Should().Be(before);
    }

    private float[] Scores()
    {
        using DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        using TokenBatch batch = new(TinyModels.Documents);
        return model.Forward(batch.Inputs_BT).detach().flatten().data<float>().ToArray();
    }
}
