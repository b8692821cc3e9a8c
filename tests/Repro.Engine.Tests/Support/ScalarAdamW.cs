using Repro.Engine.Training;

namespace Repro.Engine.Tests.Support;

/// <summary>AdamW of one weight in float64, written from the paper for comparison; shares nothing with the engine but the learning rates.</summary>
internal sealed class ScalarAdamW(double weight, TrainingSettings settings)
{
    private double first;
    private double second;
    private int steps;

    public double Weight { get; private set; } = weight;

    public double Step(double gradient)
    {
        double rate = settings.LearningRateAt(steps++);
        first = (settings.Beta1 * first) + ((1 - settings.Beta1) * gradient);
        second = (settings.Beta2 * second) + ((1 - settings.Beta2) * gradient * gradient);
        double mean = first / (1 - Math.Pow(settings.Beta1, steps));
        double square = second / (1 - Math.Pow(settings.Beta2, steps));
        Weight -= rate * ((mean / (Math.Sqrt(square) + 1e-8)) + (settings.WeightDecay * Weight));
        return Weight;
    }
}
