using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>The paper's own numbers of one table.</summary>
/// <param name="perplexity">Finds the perplexity that is printed for a condition on a text, the base included; null where none is.</param>
/// <param name="vocabularySize">Vocabulary of the paper's model, tokens.</param>
public sealed class PublishedMeasurements(Func<Condition, TestText, decimal?> perplexity, int vocabularySize) : IMeasurements
{
    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public double UniformNats { get; } = Math.Log(vocabularySize);

    /// <inheritdoc/>
    public double[] LogPerplexity(Condition condition, TestText text) => [perplexity(condition, text) is { } printed ? Math.Log((double)printed) : double.NaN];

    /// <inheritdoc/>
    public double[] TokensPerDocument(TestText text) => [double.NaN];

    /// <inheritdoc/>
    public double[] Quantity(string id) => [double.NaN];
}
