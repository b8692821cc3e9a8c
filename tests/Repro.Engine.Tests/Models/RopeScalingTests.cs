using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Models;

/// <summary>LLaMA-3's stretched frequencies, and angles beyond the first table.</summary>
public sealed class RopeScalingTests
{
    private static readonly LlamaConfig Config =
        TinyModels.Config() with { HeadSize = 8, RopeTheta = 10_000, RopeScaling = new RopeScaling(8, 1, 4, 1000) };

    [Test]
    public void Fast_rotations_stay_slow_ones_are_stretched_and_those_between_are_blended()
    {
        // Frequencies 1, 0.1, 0.01, 0.001 turn 159, 15.9, 1.59155 and 0.159 times in 1000 positions. More than 4 turns stay; fewer than 1
        // are divided by 8; 1.59155 lies 0.197183 of the way from 1 to 4, so 0.01 becomes 0.01 · (0.197183 + 0.802817 / 8).
        double[] frequencies = RotaryEmbedding.Frequencies(Config);
        frequencies.Should().HaveCount(4);
        frequencies[0].Should().Be(1);
        frequencies[1].Should().BeApproximately(0.1, 1e-15);
        frequencies[2].Should().BeApproximately(0.00297535, 1e-8);
        frequencies[3].Should().BeApproximately(0.000125, 1e-15);
    }

    [Test]
    public void The_rule_has_no_jump()
    {
        RopeScaling scaling = Config.RopeScaling!;
        foreach (double turns in new[] { scaling.LowFrequencyFactor, scaling.HighFrequencyFactor })
        {
            double frequency = 2 * Math.PI * turns / scaling.OriginalPositions;
            scaling.Apply(frequency * (1 - 1e-9)).Should().BeApproximately(scaling.Apply(frequency * (1 + 1e-9)), 1e-7 * frequency);
        }
    }

    [Test]
    public void Without_scaling_frequencies_fall_by_powers_of_theta() =>
        RotaryEmbedding.Frequencies(Config with { RopeScaling = null })
            .Should().Equal([1, 0.1, 0.01, 0.001], (a, b) => Math.Abs(a - b) < 1e-15);

    [Test]
    public void Angles_beyond_the_first_table_continue_it()
    {
        using DisposeScope scope = NewDisposeScope();
        using RotaryEmbedding rotary = new(Config with { MaxPositions = 20_000 }, CPU, ScalarType.Float64);
        Tensor early = rotary.First(4000).Cos_TS.clone();
        RotaryAngles late = rotary.First(13_001);
        late.Cos_TS.narrow(0, 0, 4000).data<double>().ToArray().Should().Equal(early.data<double>().ToArray());
        late.Cos_TS.shape.Should().Equal(13_001, 8);
        late.Cos_TS[13_000, 1].ToDouble().Should().BeApproximately(Math.Cos(1300), 1e-9);
        late.Sin_TS[13_000, 3].ToDouble().Should().BeApproximately(-Math.Sin(13_000 * 0.000125), 1e-12);
        FluentActions.Invoking(() => rotary.First(20_001)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
