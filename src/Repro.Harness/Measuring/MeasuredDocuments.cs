using Repro.Engine.Evaluation;

namespace Repro.Harness.Measuring;

/// <summary>The documents of one text under one condition.</summary>
/// <param name="Condition">What was changed.</param>
/// <param name="Language">The text's key.</param>
/// <param name="Places">Which of the text's documents, from 0, where it was a share of them; null for all.</param>
/// <param name="Documents">Sums per document.</param>
public sealed record MeasuredDocuments(string Condition, string Language, IReadOnlyList<int>? Places, IReadOnlyList<DocumentScore> Documents);
