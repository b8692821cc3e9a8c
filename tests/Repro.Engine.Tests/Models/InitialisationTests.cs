using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

public sealed class InitialisationTests
{
    private static readonly LlamaConfig Wide =
        TinyModels.Config() with { HiddenSize = 64, HeadSize = 32, IntermediateSize = 96, LayerCount = 8 };

    [Test]
    public void A_seed_gives_its_own_weights()
    {
        float[] first = Weights(seed: 5);
        Weights(seed: 5).Should().Equal(first);
        Weights(seed: 6).Should().NotEqual(first);
    }

    [Test]
    public void Matrices_of_one_shape_differ()
    {
        using LlamaModel model = Randomised(Wide, 5);
        float[] gate = model.Parameters["model.layers.0.mlp.gate_proj.weight"].detach().flatten().data<float>().ToArray();
        model.Parameters["model.layers.0.mlp.up_proj.weight"].detach().flatten().data<float>().ToArray().Should().NotEqual(gate);
    }

    // With 8 layers the two that write into the stream get 0.02 / √16. 4096 draws give the deviation to 1.1 %; five of those.
    [TestCase("self_attn.q_proj", 0.02)]
    [TestCase("self_attn.k_proj", 0.02)]
    [TestCase("mlp.up_proj", 0.02)]
    [TestCase("self_attn.o_proj", 0.005)]
    [TestCase("mlp.down_proj", 0.005)]
    public void Matrices_have_their_deviation(string matrix, double deviation)
    {
        using LlamaModel model = Randomised(Wide, 5);
        float[] values = model.Parameters[$"model.layers.3.{matrix}.weight"].detach().flatten().data<float>().ToArray();
        Math.Sqrt(values.Average(v => (double)v * v)).Should().BeApproximately(deviation, 0.055 * deviation);
        ((double)values.Average()).Should().BeApproximately(0, 5 * deviation / Math.Sqrt(values.Length));
    }

    [Test]
    public void Norms_are_1()
    {
        using LlamaModel model = Randomised(Wide, 5);
        model.Parameters.Where(p => p.Value.dim() == 1).Should().HaveCount(17)
            .And.AllSatisfy(p =>
                p.Value.detach().data<float>().ToArray().Should().Equal(Enumerable.Repeat(1f, (int)Wide.HiddenSize), p.Key));
    }

    [Test]
    public void The_global_generator_is_left_alone()
    {
        manual_seed(11);
        using Tensor expected = rand(4);
        manual_seed(11);
        using LlamaModel model = Randomised(TinyModels.Config(), 5);
        using Tensor got = rand(4);
        got.data<float>().ToArray().Should().Equal(expected.data<float>().ToArray());
    }

    private static LlamaModel Randomised(LlamaConfig config, long seed)
    {
        LlamaModel model = new(config, ScalarType.Float32, CPU);
        Initialisation.Randomise(model, seed);
        return model;
    }

    private static float[] Weights(long seed)
    {
        using LlamaModel model = Randomised(TinyModels.Config(), seed);
        return [.. model.Parameters.Values.SelectMany(p => p.detach().flatten().data<float>().ToArray())];
    }
}
