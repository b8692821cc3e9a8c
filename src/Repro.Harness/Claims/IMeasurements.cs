using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>
/// Where a statistic takes its numbers from: a run's measurements, the bootstrap's resamples of them, or the paper's tables. Every number is an array with
/// one entry for each resample, of length 1 where there are none.
/// </summary>
public interface IMeasurements
{
    /// <summary>Length of the arrays.</summary>
    int Count { get; }

    /// <summary>Nats per token of a model that finds every token equally likely, ln(vocabulary).</summary>
    double UniformNats { get; }

    /// <summary>Log-perplexity of a text under a condition, nats per token; a random condition stands for the mean over its draws.</summary>
    /// <returns>NaN where there is no such number.</returns>
    double[] LogPerplexity(Condition condition, TestText text);

    /// <summary>Predicted tokens of a text's documents on average.</summary>
    /// <inheritdoc cref="LogPerplexity"/>
    double[] TokensPerDocument(TestText text);

    /// <summary>A number that is not a perplexity.</summary>
    /// <inheritdoc cref="LogPerplexity"/>
    double[] Quantity(string id);

    /// <summary>The group that means over groups leave out of an entry; null for none.</summary>
    /// <param name="entry">Place in the arrays.</param>
    UnitGroup? LeftOut(int entry) => null;
}
