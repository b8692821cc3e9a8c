using Repro.Paper.Experiments;

namespace Repro.Paper.Claims;

/// <summary>
/// Where a claim's statistic takes its numbers from: the paper's tables, a run's measurements, or one bootstrap draw of them. One formula serves
/// all three.
/// </summary>
public interface IMeasuredWorld
{
    /// <summary>Nats per token of a language under a condition; a random condition stands for the mean over its draws.</summary>
    double Nats(Condition condition, string language);

    /// <summary>Nats per token of a model that finds every token equally likely, ln(vocabulary).</summary>
    double UniformNats { get; }
}

/// <summary>What claims say about measurements, in words of the paper.</summary>
public static class MeasuredWorldExtensions
{
    /// <summary>How much log-perplexity a removal adds, nats per token.</summary>
    public static double Increase(this IMeasuredWorld world, Condition condition, string language) =>
        world.Nats(condition, language) - world.Nats(Condition.Base, language);
}
