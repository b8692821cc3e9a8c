using Repro.Engine.Planning;
using Repro.Engine.Tests.Support;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Planning;

public sealed class GemmRateTests
{
    [Test]
    public void Work_at_half_the_rate_has_a_share_of_a_half() =>
        new GemmRate(200e9).ShareOf(operations: 300e9, seconds: 3).Should().BeApproximately(0.5, 1e-12);

    // The slowest machine that is of use does a billion operations a second, the fastest CPU some ten thousand.
    [Test]
    public void A_measured_rate_is_one_that_a_machine_can_have() => GemmRate.Measure(CPU).OperationsPerSecond.Should().BeInRange(1e9, 1e14);

    // Two blocks of 4 · 8² + 3 · 8 · 12 weights in matrices and 16 in norms, a head of 11 · 8, attention of 2 · 5 · 8 a block; two operations each.
    [Test]
    public void A_token_takes_the_operations_that_are_counted_by_hand()
    {
        ModelSize size = new(TinyModels.Config(keyValueHeads: 2), ScalarType.Float32);
        double forward = 2 * ((2 * (256 + 288 + 16)) + 88 + (2 * 80));
        size.ForwardOperations(context: 5).Should().Be(forward);
        size.TrainingOperations(context: 5).Should().Be(3 * forward);
    }
}
