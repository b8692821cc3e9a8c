using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Languages;

namespace Repro.Paper.Claims;

/// <summary>The open range a statistic must lie in.</summary>
/// <param name="Low">Lower end; −∞ for none.</param>
/// <param name="High">Upper end; +∞ for none.</param>
public readonly record struct Bound(double Low, double High)
{
    /// <summary>Above a number.</summary>
    public static Bound Above(double low) => new(low, double.PositiveInfinity);

    /// <summary>Below a number.</summary>
    public static Bound Below(double high) => new(double.NegativeInfinity, high);

    /// <summary>Closer to 0 than a number.</summary>
    public static Bound Within(double distance) => new(-distance, distance);

    /// <summary>The bound moved towards a number that lies inside it; a bound with two ends, which asks for no effect, stays.</summary>
    /// <param name="number">The number; outside the bound, or no number, it moves nothing.</param>
    /// <param name="share">How much of the distance, 0 to 1.</param>
    public Bound Towards(double number, double share) => (double.IsFinite(Low), double.IsFinite(High)) switch
    {
        (true, false) when number > Low => this with { Low = Low + (share * (number - Low)) },
        (false, true) when number < High => this with { High = High - (share * (High - number)) },
        _ => this,
    };
}

/// <summary>One number a claim stands on.</summary>
/// <param name="Label">What it is about: a language, or a language and a sample size.</param>
/// <param name="Statistic">The number, from a world's measurements.</param>
public sealed record ClaimRow(string Label, Func<IMeasuredWorld, double> Statistic);

/// <summary>A condition that must stay near the base before an explosion is believed.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Bound">Largest mean change over the claim's texts, nats per token.</param>
public sealed record GateCondition(string Name, Condition Condition, double Bound);

/// <summary>What a claim says there is.</summary>
public enum ClaimKind
{
    /// <summary>An effect: an untrained model must not show it.</summary>
    Effect,

    /// <summary>The absence of one, which an untrained model shows as well.</summary>
    NoEffect,

    /// <summary>
    /// Something about how importance is spread or computed, which needs no training: gradients are sums of outer products, so that an untrained model
    /// has it too (the negative control found this of Figure 2).
    /// </summary>
    OfTheMethod,
}

/// <summary>A sentence of the paper with a predicate over an experiment's measurements: it holds when every row's statistic lies in the bound.</summary>
public sealed record Claim
{
    /// <summary>Its name in commands and goldens.</summary>
    public required string Id { get; init; }

    /// <summary>The table, figure or section it is about, for example <c>Table 14</c>.</summary>
    public required string Table { get; init; }

    /// <summary>The claim as a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>What the rows' numbers are, with their unit.</summary>
    public required string Statistic { get; init; }

    /// <summary>Where a row's number must lie.</summary>
    public required Bound Bound { get; init; }

    /// <summary>Why the bound is where it is.</summary>
    public required string Rationale { get; init; }

    /// <summary>Ids of the experiments it needs.</summary>
    public required IReadOnlyList<string> Experiments { get; init; }

    /// <summary>Texts it needs.</summary>
    public required IReadOnlyList<Language> Languages { get; init; }

    /// <summary>The numbers it stands on.</summary>
    public required IReadOnlyList<ClaimRow> Rows { get; init; }

    /// <summary>Whether it speaks of an effect or of its absence.</summary>
    public ClaimKind Kind { get; init; }

    /// <summary>What must stay near the base for the explosion it reports to be believed; empty for a claim that reports none.</summary>
    public IReadOnlyList<GateCondition> Gate { get; init; } = [];
}
