using Repro.Engine.Evaluation;

namespace Repro.Engine.Tests.Evaluation;

public sealed class MeasurementTests
{
    // 3 nats over 6 tokens, though the documents' own means are 1, 1/2 and 1/3.
    private static readonly Measurement Three = new([new DocumentScore(1, 1), new DocumentScore(1, 2), new DocumentScore(1, 3)]);

    [Test]
    public void Tokens_are_those_of_all_documents() => Three.Tokens.Should().Be(6);

    [Test]
    public void Nats_are_per_token_not_per_document()
    {
        Three.NatsPerToken.Should().Be(0.5);
        Three.Perplexity.Should().Be(Math.Exp(0.5));
    }

    [Test]
    public void The_mean_over_batches_weighs_a_last_small_batch_like_a_whole_one()
    {
        Measurement measurement = new([.. Enumerable.Repeat(new DocumentScore(2, 1), PerplexityReadings.BatchSize), new DocumentScore(4, 1)]);
        measurement.Nats(PerplexityReading.BatchMean).Should().Be(3);
        measurement.Nats(PerplexityReading.PerToken).Should().BeApproximately(36.0 / 17, 1e-12);
    }
}
