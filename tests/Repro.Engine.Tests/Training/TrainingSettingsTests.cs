using Repro.Engine.Training;

namespace Repro.Engine.Tests.Training;

public sealed class TrainingSettingsTests
{
    private static readonly TrainingSettings Settings = new() { Steps = 8, LearningRate = 1, WarmUpSteps = 4 };

    [Test]
    public void The_rate_rises_in_a_line_and_falls_by_half_a_cosine() =>
        Rates(Settings).Should().Equal([0.25, 0.5, 0.75, 1, 1, Cosine(1), 0.5, Cosine(3)], Same);

    [Test]
    public void The_first_rate_can_be_0_as_with_hugging_faces_schedulers() =>
        Rates(Settings with { WarmsUpFromZero = true }).Should().Equal([0, 0.25, 0.5, 0.75, 1, Cosine(1), 0.5, Cosine(3)], Same);

    private static double Cosine(int quarter) => 0.5 * (1 + Math.Cos(Math.PI * quarter / 4));

    private static IEnumerable<double> Rates(TrainingSettings settings) => Enumerable.Range(0, settings.Steps).Select(settings.LearningRateAt);

    private static bool Same(double a, double b) => Math.Abs(a - b) < 1e-12;
}
