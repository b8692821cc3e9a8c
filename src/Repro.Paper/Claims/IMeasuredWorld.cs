using Repro.Paper.Experiments.Conditions;

namespace Repro.Paper.Claims;

/// <summary>
/// Where a claim's statistic takes its numbers from: the paper's tables, a run's measurements, or one bootstrap draw of them. One formula serves
/// all three.
/// </summary>
public interface IMeasuredWorld
{
    /// <summary>Nats per token of a text under a condition; a random condition stands for the mean over its draws.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="text">A language's key.</param>
    double Nats(Condition condition, string text);

    /// <summary>A number that is not a perplexity.</summary>
    /// <param name="id">The quantity's id.</param>
    double Quantity(string id);

    /// <summary>Nats per token of a model that finds every token equally likely, ln(vocabulary).</summary>
    double UniformNats { get; }

    /// <summary>
    /// By how much an edit leaves a model worse than one that finds every token equally likely; where the model was hardly better before, by how much
    /// it was better. Above 0 means a competence that was there is lost completely.
    /// </summary>
    double Lost(Condition condition, string text) => Math.Min(Nats(condition, text) - UniformNats, UniformNats - Nats(Condition.Base, text));

    /// <summary>How much log-perplexity an edit adds, nats per token.</summary>
    double Increase(Condition condition, string text) => Nats(condition, text) - Nats(Condition.Base, text);
}
