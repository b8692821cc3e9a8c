using Repro.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

public sealed class TokenLossTests
{
    // Two roundings of a number of order 1 in float32.
    private const float Tolerance = 5e-7f;
    private static readonly float Log3 = MathF.Log(3);

    [Test]
    public void The_loss_is_minus_the_log_of_the_softmax()
    {
        using DisposeScope scope = NewDisposeScope();

        // Scores (0, ln 3) are probabilities 1/4 and 3/4.
        float[] losses = PerToken([0, Log3, 0, Log3], 0, 1);
        losses[0].Should().BeApproximately(MathF.Log(4), Tolerance);
        losses[1].Should().BeApproximately(MathF.Log(4 / 3f), Tolerance);
    }

    [Test]
    public void A_padded_position_costs_nothing()
    {
        using DisposeScope scope = NewDisposeScope();
        PerToken([0, Log3, 5, 9], 0, -100)[1].Should().Be(0);
    }

    [Test]
    public void The_mean_is_over_predicted_tokens_only()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(new float[] { 0, 0, 0, Log3, 7, 1 }, [1, 3, 2]);
        Tensor mean = TokenLoss.Mean(logits, tensor(new long[] { 0, 1, -100 }, [1, 3]));
        mean.ToSingle().Should().BeApproximately((MathF.Log(2) + MathF.Log(4 / 3f)) / 2, Tolerance);
    }

    [TestCase(ScalarType.BFloat16)]
    [TestCase(ScalarType.Float16)]
    public void Scores_of_half_precision_give_a_loss_in_float32(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = zeros(1, 1, 1000, dtype: type);
        Tensor loss = TokenLoss.PerToken(logits, zeros(1, 1, dtype: ScalarType.Int64));
        loss.dtype.Should().Be(ScalarType.Float32);
        loss.item<float>().Should().BeApproximately(MathF.Log(1000), 1e-6f, "ln 1000 has no exact half-precision value");
    }

    [Test]
    public void Scores_in_float64_give_a_loss_in_float64()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(new[] { 0, Math.Log(3), 0, Math.Log(3), 5, 9 }, [1, 3, 2]);
        Tensor targets = tensor(new long[] { 0, 1, -100 }, [1, 3]);
        double[] losses = [.. TokenLoss.PerToken(logits, targets).flatten().data<double>()];
        losses.Should().Equal([Math.Log(4), Math.Log(4 / 3.0), 0], (a, b) => Math.Abs(a - b) < 1e-15);
        TokenLoss.Mean(logits, targets).ToDouble().Should().BeApproximately((Math.Log(4) + Math.Log(4 / 3.0)) / 2, 1e-15);
    }

    [Test]
    public void Large_scores_do_not_overflow()
    {
        using DisposeScope scope = NewDisposeScope();
        PerToken([1e4f, 0, 1e4f, 0], 0, 1).Should().Equal(0, 1e4f);
    }

    private static float[] PerToken(float[] logits, params long[] targets) =>
        TokenLoss.PerToken(tensor(logits, [1, targets.Length, logits.Length / targets.Length]), tensor(targets, [1, targets.Length])).flatten().data<float>().ToArray();
}
