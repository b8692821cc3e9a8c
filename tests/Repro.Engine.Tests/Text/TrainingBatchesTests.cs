using Repro.Engine.Text;

namespace Repro.Engine.Tests.Text;

public sealed class TrainingBatchesTests
{
    private static readonly int[][] Windows = [.. Enumerable.Range(0, 10).Select(i => new[] { i })];

    [Test]
    public void Each_epoch_holds_every_window_once()
    {
        int[] drawn = Drawn(seed: 4, batchSize: 5, steps: 6);
        for (int epoch = 0; epoch < 3; epoch++)
            drawn[(epoch * 10)..((epoch + 1) * 10)].Should().BeEquivalentTo(Enumerable.Range(0, 10));
    }

    [Test]
    public void Epochs_are_ordered_differently()
    {
        int[] drawn = Drawn(seed: 4, batchSize: 10, steps: 2);
        drawn[..10].Should().NotEqual(drawn[10..]);
        drawn[..10].Should().NotBeInAscendingOrder();
    }

    [Test]
    public void A_batch_may_span_two_epochs() =>
        Drawn(seed: 4, batchSize: 3, steps: 20).Should().Equal(Drawn(seed: 4, batchSize: 10, steps: 6));

    [TestCase(1)]
    [TestCase(7)]
    public void Continuing_at_a_step_gives_the_batches_that_would_have_come(int firstStep) =>
        Drawn(seed: 4, batchSize: 3, steps: 10, firstStep)
            .Should().Equal(Drawn(seed: 4, batchSize: 3, steps: 10 + firstStep)[(3 * firstStep)..]);

    [Test]
    public void A_seed_gives_its_own_order()
    {
        Drawn(4, 10, 1).Should().Equal(Drawn(4, 10, 1));
        Drawn(4, 10, 1).Should().NotEqual(Drawn(5, 10, 1));
    }

    [Test]
    public void A_batch_larger_than_the_text_repeats_windows() =>
        Drawn(seed: 4, batchSize: 20, steps: 1).GroupBy(i => i).Select(g => g.Count()).Should().Equal(Enumerable.Repeat(2, 10));

    private static int[] Drawn(ulong seed, int batchSize, int steps, long firstStep = 0) =>
        [.. TrainingWindows.Batches(Windows, batchSize, seed, firstStep).Take(steps).SelectMany(b => b).Select(w => w[0])];
}
