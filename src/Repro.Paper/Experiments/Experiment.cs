using Repro.Paper.Languages;

namespace Repro.Paper.Experiments;

/// <summary>One table of the paper as data: what is removed and on which languages it is measured.</summary>
/// <param name="Id">Name of its golden, for example <c>table-14</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Conditions">Its columns; the base comes first.</param>
/// <param name="Languages">Its rows.</param>
public sealed record Experiment(string Id, string Title, IReadOnlyList<Condition> Conditions, IReadOnlyList<Language> Languages);
