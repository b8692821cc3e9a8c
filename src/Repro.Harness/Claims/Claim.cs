using System.Globalization;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Claims;

/// <summary>One number a claim stands on.</summary>
/// <param name="Label">What it is about: a language, or a language and a sample size.</param>
/// <param name="Statistic">The number.</param>
public sealed record ClaimRow(string Label, Statistic Statistic);

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

    /// <summary>Something about how importance is spread or computed, or how training goes, which an untrained model may show as well.</summary>
    ModelIndependent,
}

/// <summary>A sentence of the paper with a predicate over what is measured: it holds when every row's statistic lies in the bound, or one does.</summary>
public sealed record Claim
{
    /// <summary>Its name in commands and goldens.</summary>
    public required string Id { get; init; }

    /// <summary>The claim as a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Where a row's number must lie.</summary>
    public required Bound Bound { get; init; }

    /// <summary>Why the bound is where it is.</summary>
    public required string Rationale { get; init; }

    /// <summary>Why the paper's own numbers do not satisfy it, in a sentence that begins in lower case; empty where they do.</summary>
    public string WhyPaperFails { get; init; } = "";

    /// <summary>The numbers it stands on.</summary>
    public required IReadOnlyList<ClaimRow> Rows { get; init; }

    /// <summary>Whether one row in the bound is enough, where a paper leaves open which of them it means; otherwise all must lie in it.</summary>
    public bool AnyRow { get; init; }

    /// <summary>Whether it speaks of an effect or of its absence.</summary>
    public ClaimKind Kind { get; init; }

    /// <summary>What must stay near the base for the explosion it reports to be believed; empty for a claim that reports none.</summary>
    public IReadOnlyList<GateCondition> Gate { get; init; } = [];

    /// <summary>The table, figure or section it is about, for example <c>Table 14</c>; set by the table that holds it.</summary>
    public string Table { get; init; } = "";

    /// <summary>Id of that table.</summary>
    public string TableId { get; init; } = "";

    /// <summary>What the rows' numbers are, in the statistics' own words.</summary>
    public string Statistic => CommonForm.Of([.. Rows.Select(r => r.Statistic)]) is { } form ? string.Concat(form) : string.Join("; ", Rows.Select(r => r.Statistic));

    /// <summary>The texts it reads.</summary>
    public IReadOnlyList<TestText> Texts => [.. Rows.SelectMany(r => r.Statistic.Cells).Select(c => c.Text).Distinct()];

    /// <summary>The conditions it reads, those of its gate included.</summary>
    public IEnumerable<Condition> Conditions => Rows.SelectMany(r => r.Statistic.Cells).Select(c => c.Condition).Concat(Gate.Select(g => g.Condition)).Distinct();

    /// <summary>The quantities it reads.</summary>
    public IEnumerable<string> QuantityIds => Rows.SelectMany(r => r.Statistic.QuantityIds).Distinct();

    /// <summary>The claim on what there is, with how many of its texts that are; null where nothing is left of it.</summary>
    /// <param name="measures">What there is.</param>
    public Claim? Within(IMeasured measures)
    {
        ClaimRow[] rows = [.. Rows.Select(r => r.Statistic.Within(measures) is { } some ? r with { Statistic = some } : null).OfType<ClaimRow>()];
        Claim some = this with { Rows = rows };
        if (rows.Length == 0 || !some.Texts.All(text => Gate.All(g => measures.Has(g.Condition, text))))
            return null;
        return some.Texts.Count == Texts.Count ? some : some with { Sentence = string.Create(CultureInfo.InvariantCulture, $"{Sentence} (on {some.Texts.Count} of {Texts.Count} texts)") };
    }
}
