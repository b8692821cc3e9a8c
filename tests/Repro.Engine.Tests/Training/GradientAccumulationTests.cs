using Repro.Engine.Models;
using Repro.Engine.Tests.Support;
using Repro.Engine.Training;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Training;

/// <summary>A step whose batch goes through in several passes is a step of the whole batch.</summary>
public sealed class GradientAccumulationTests
{
    // 4, 6, 2 and 4 predicted tokens: a mean over passes would weigh them wrongly.
    private static readonly int[][] Documents = [.. TinyModels.Documents, TinyModels.Documents[0]];
    private static readonly TrainingSettings Settings = new() { Steps = 3, BatchSize = 4, LearningRate = 0.01, WarmUpSteps = 1 };

    [TestCase(1)]
    [TestCase(3)]
    public void Passes_of_any_size_move_the_weights_as_the_whole_batch_does(int microBatch)
    {
        (float[] whole, double[] losses) = Train(Settings);
        (float[] split, double[] splitLosses) = Train(Settings with { MicroBatch = microBatch });

        // Adam divides by the gradient's own size: where that is nothing but rounding, a weight may go either way by a step.
        whole.Zip(split, (a, b) => Math.Abs(a - b)).Count(d => d > 1e-5).Should().BeLessThan(whole.Length / 100);
        losses.Zip(splitLosses, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-5);
    }

    [TestCase(4)]
    [TestCase(9)]
    [TestCase(0)]
    public void A_pass_that_holds_the_whole_batch_changes_no_bit(int microBatch) =>
        Train(Settings with { MicroBatch = microBatch }).Weights.Should().Equal(Train(Settings).Weights);

    [Test]
    public void Two_runs_are_the_same_bits() =>
        Train(Settings with { MicroBatch = 1 }).Weights.Should().Equal(Train(Settings with { MicroBatch = 1 }).Weights);

    private static (float[] Weights, double[] Losses) Train(TrainingSettings settings)
    {
        using LlamaModel model = TinyModels.Random(TinyModels.Config());
        using Trainer trainer = new(model, Documents, settings);
        long before = 0;
        trainer.Run(step =>
        {
            if (step.Step == 1)
                before = Tensor.TotalCount;
        });
        (Tensor.TotalCount - before).Should().BeLessThan(50, "a step leaves no tensor behind");
        return ([.. model.Values().OrderBy(w => w.Key, StringComparer.Ordinal).SelectMany(w => w.Value)], [.. trainer.Losses]);
    }
}
