using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;

namespace Repro.Engine.Tests.Training;

public sealed class UpdateBoundTests
{
    private static readonly TrainingSettings Paper = new() { Steps = 781, LearningRate = 5e-5, WarmUpSteps = 100, WeightDecay = 0.001 };

    // Gradients over 24 orders of magnitude, zeros among them.
    private static Arbitrary<double[]> Gradients { get; } = (
        from length in Gen.Choose(1, 60)
        from gradients in (
            from exponent in Gen.Choose(-12, 12)
            from digits in Gen.Choose(-999, 999)
            select digits * Math.Pow(10, exponent)).ArrayOf(length)
        select gradients).ToArbitrary();

    [TestCase(1)]
    [TestCase(100)]
    public void The_first_step_moves_a_weight_by_the_learning_rate(int warmUp)
    {
        TrainingSettings settings = Paper with { WarmUpSteps = warmUp };
        UpdateBound.After(settings, 1).Should().BeApproximately(5e-5 / warmUp, 1e-12 * 5e-5);
    }

    [Test]
    public void No_step_moves_nothing() => UpdateBound.After(Paper, 0).Should().Be(0);

    [Test]
    public void The_second_step_is_bounded_by_cauchy_and_schwarz()
    {
        // Rates 1 and 1: 0.1 / √0.05 · √(1 + 0.81 / 0.95) · √(1 − 0.95²) / (1 − 0.9²) = 1.000364 for the second.
        TrainingSettings settings = Paper with { LearningRate = 1, WarmUpSteps = 0, Steps = int.MaxValue };
        UpdateBound.After(settings, 2).Should().BeApproximately(2.000364, 1e-6);
    }

    [Test]
    public void Seven_steps_of_the_papers_warm_up_move_a_weight_by_little_more_than_their_learning_rates()
    {
        // Rates 5e-7, 1e-6, …, 3.5e-6 sum to 5e-7 · 28 = 1.4e-5, and no step's factor is above 1.006.
        double bound = UpdateBound.After(Paper, 7);
        bound.Should().BeInRange(1.4e-5, 1.4e-5 * 1.006);
    }

    [Test]
    public void No_gradients_move_a_weight_further() => Gradients.Hold(gradients =>
    {
        ScalarAdamW weight = new(0, Paper);
        return gradients.Index().All(g => Math.Abs(weight.Step(g.Item)) <= UpdateBound.After(Paper, g.Index + 1) * (1 + 1e-9));
    });

    [Test]
    public void No_gradients_move_a_weight_further_under_other_betas_and_a_falling_rate() => Gradients.Hold(gradients =>
    {
        TrainingSettings settings = new() { Steps = 50, LearningRate = 0.1, WarmUpSteps = 3, Beta1 = 0.8, Beta2 = 0.999, WeightDecay = 0.1 };
        ScalarAdamW weight = new(0, settings);
        return gradients.Index().All(g => Math.Abs(weight.Step(g.Item)) <= UpdateBound.After(settings, g.Index + 1) * (1 + 1e-9));
    });

    [Test]
    public void Gradients_that_grow_by_beta2_over_beta1_reach_the_bound()
    {
        // Where Cauchy and Schwarz's inequality is an equation, at every step.
        TrainingSettings settings = Paper with { WeightDecay = 0 };
        ScalarAdamW weight = new(0, settings);
        for (int step = 0; step < 40; step++)
            weight.Step(-1e3 * Math.Pow(settings.Beta2 / settings.Beta1, step));
        weight.Weight.Should().BeApproximately(UpdateBound.After(settings, 40), 1e-6 * UpdateBound.After(settings, 40));
    }
}
