using Repro.Paper.Experiments.Conditions;
using Repro.Paper.Experiments.Quantities;
using Repro.Paper.Languages;

namespace Repro.Paper.Experiments;

/// <summary>One table or figure of the paper as data: what is changed, on which texts it is measured, and what is measured besides perplexity.</summary>
/// <param name="Id">Name of its golden, for example <c>table-14</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Conditions">Its columns; the one that others are compared with comes first.</param>
/// <param name="Languages">Its rows.</param>
public sealed record Experiment(string Id, string Title, IReadOnlyList<Condition> Conditions, IReadOnlyList<Language> Languages)
{
    /// <summary>Numbers that are not perplexities.</summary>
    public IReadOnlyList<Quantity> Quantities { get; init; } = [];

    /// <summary>Conditions whose continuation of <see cref="Continuations.Prompt"/> is kept in the golden.</summary>
    public IReadOnlyList<EditedCondition> Shown { get; init; } = [];
}
