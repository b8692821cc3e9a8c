using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

public sealed class PrecisionTests
{
    [Test]
    public void RmsNorm_takes_the_mean_square_in_float32()
    {
        using DisposeScope scope = NewDisposeScope();

        // 1000² is beyond float16's 65504.
        Tensor normed = RmsNorm.Apply(full([1, 1, 4], 1000, ScalarType.Float16), ones(4, ScalarType.Float16), 1e-5);
        normed.dtype.Should().Be(ScalarType.Float16);
        normed.to(ScalarType.Float32).flatten().data<float>().ToArray().Should().Equal(1, 1, 1, 1);
    }

    [Test]
    public void RmsNorm_rounds_once_where_its_factors_are_wider_than_the_stream()
    {
        using DisposeScope scope = NewDisposeScope();

        // 1 / √2 times 1 + 2⁻⁹ is 0.70849, between the bfloat16 numbers 0.70703 and 0.71094; in bfloat16 the factor would be 1.
        Tensor normed = RmsNorm.Apply(ones(1, 1, 1, dtype: ScalarType.BFloat16), full(1, 1 + Math.Pow(2, -9), ScalarType.Float32), 1);
        normed.dtype.Should().Be(ScalarType.BFloat16);
        normed.to(ScalarType.Float32).flatten().data<float>().ToArray().Should().Equal(0.70703125f);
        RmsNorm.Apply(ones(1, 1, 1, dtype: ScalarType.BFloat16), full(1, 1 + Math.Pow(2, -8), ScalarType.Float32), 1)
            .to(ScalarType.Float32).flatten().data<float>().ToArray().Should().Equal(0.7109375f);
    }

    [Test]
    public void RmsNorm_adds_epsilon_inside_the_root()
    {
        using DisposeScope scope = NewDisposeScope();

        // 3 / √(9 + 7) = 3/4.
        RmsNorm.Apply(full([1, 1, 2], 3f), ones(2), 7).flatten().data<float>().ToArray().Should().Equal(0.75f, 0.75f);
    }

    [Test]
    public void A_bfloat16_model_gives_bfloat16_scores_near_those_of_float32()
    {
        using DisposeScope scope = NewDisposeScope();
        using LlamaModel wide = TinyModels.Random(TinyModels.Config());
        using LlamaModel narrow = new(wide.Config, ScalarType.BFloat16, CPU);
        foreach (string name in wide.Parameters.Keys)
            narrow.Parameters.Set(name, wide.Parameters[name]);
        narrow.Parameters.Values.Should().AllSatisfy(p => p.dtype.Should().Be(ScalarType.BFloat16));

        Tensor ids = tensor(new long[] { 1, 9, 5, 5, 8 }, [1, 5]);
        Tensor scores = narrow.Forward(ids);
        scores.dtype.Should().Be(ScalarType.BFloat16);

        // bfloat16 keeps 8 bits: 0.4 % a rounding, some ten of them in a row on scores of up to 5.
        double error = (scores.to(ScalarType.Float32) - wide.Forward(ids)).abs().max().ToDouble();
        error.Should().BeInRange(1e-4, 0.3);
    }
}
