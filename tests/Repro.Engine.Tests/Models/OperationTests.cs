using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>Operations computed by hand.</summary>
public sealed class OperationTests
{
    private const float Tolerance = 1e-6f;

    [Test]
    public void RmsNorm_divides_by_the_root_of_the_mean_square()
    {
        using DisposeScope scope = NewDisposeScope();

        // The mean square of (3, 4, 0, 0) is 6.25, its root 2.5.
        Tensor normed = RmsNorm.Apply(tensor(new float[] { 3, 4, 0, 0 }), tensor(new float[] { 1, 2, 1, 1 }), 0);
        normed.data<float>().ToArray().Should().Equal(1.2f, 3.2f, 0, 0);
    }

    [Test]
    public void Rope_turns_the_first_dimension_with_the_one_half_a_head_later()
    {
        using DisposeScope scope = NewDisposeScope();
        using RotaryEmbedding rotary = new(TinyModels.Config(), CPU);
        Tensor heads = zeros(1, 1, 2, 4);
        heads[0, 0, 1, 0] = 1;
        float[] turned = RotaryEmbedding.Rotate(heads, rotary.First(2)).flatten().data<float>().ToArray()[4..];

        // Position 1 turns dimensions 0 and 2 by one radian.
        turned.Zip([MathF.Cos(1), 0, MathF.Sin(1), 0], (a, b) => MathF.Abs(a - b)).Max().Should().BeLessThan(Tolerance);
    }

    [Test]
    public void Rope_leaves_position_0_and_all_lengths_as_they_are()
    {
        using DisposeScope scope = NewDisposeScope();
        using RotaryEmbedding rotary = new(TinyModels.Config(), CPU);
        Tensor heads = randn(1, 1, 5, 4, generator: new Generator(3, CPU));
        Tensor turned = RotaryEmbedding.Rotate(heads, rotary.First(5));
        Values(turned[0, 0, 0]).Should().Equal(Values(heads[0, 0, 0]), AreClose);
        Values(turned.norm(-1)).Should().Equal(Values(heads.norm(-1)), AreClose);
    }

    [Test]
    public void More_positions_than_the_model_has_are_refused()
    {
        using RotaryEmbedding rotary = new(TinyModels.Config(), CPU);
        FluentActions.Invoking(() => rotary.First(17)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void A_later_token_never_changes_an_earlier_position()
    {
        using DisposeScope scope = NewDisposeScope();
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        Tensor a = model.Forward(tensor(new long[] { 1, 5, 6, 7 }, [1, 4]));
        Tensor b = model.Forward(tensor(new long[] { 1, 5, 6, 9 }, [1, 4]));
        Values(a.narrow(1, 0, 3)).Should().Equal(Values(b.narrow(1, 0, 3)));
        Values(a[0, 3]).Should().NotEqual(Values(b[0, 3]));
    }

    [Test]
    public void A_forward_pass_leaves_one_live_tensor()
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        using Tensor ids = tensor(new long[] { 1, 5, 6, 7 }, [1, 4]);
        using DisposeScope scope = NewDisposeScope();
        model.Forward(ids);
        scope.DisposablesCount.Should().Be(1);
    }

    private static float[] Values(Tensor tensor) => tensor.flatten().data<float>().ToArray();

    private static bool AreClose(float got, float expected) =>
        Math.Abs((double)got - expected) <= 1e-8 + (1e-5 * Math.Abs((double)expected));
}
