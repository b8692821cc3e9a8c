using Repro.Engine.Evaluation;

namespace Repro.Engine.Tests.Evaluation;

public sealed class UnigramModelTests
{
    [Test]
    public void Equally_frequent_tokens_cost_the_log_of_their_number() =>
        UnigramModel.NatsPerToken([[1, 3, 4, 5, 2]]).Should().BeApproximately(Math.Log(4), 1e-12, "four tokens are predicted; 1e-12 is float64 rounding");

    [Test]
    public void A_text_of_one_token_costs_nothing() => UnigramModel.NatsPerToken([[1, 2], [1, 2]]).Should().Be(0);

    [Test]
    public void The_first_token_of_a_document_counts_only_where_it_comes_again()
    {
        double entropy = UnigramModel.NatsPerToken([[5, 5, 6], [7, 5, 5]]);

        // Predicted are 5, 6, 5, 5: odds 3 to 1.
        entropy.Should().BeApproximately((0.75 * Math.Log(4 / 3.0)) + (0.25 * Math.Log(4)), 1e-12);
    }
}
