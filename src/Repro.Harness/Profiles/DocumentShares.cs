namespace Repro.Harness.Profiles;

/// <summary>
/// How random draws share the test documents of a text. Draws differ from each other more than documents do, so that many draws on a part of the documents
/// each tell more than few on all.
/// </summary>
/// <param name="Count">Parts that a text is cut into; each draw is measured on one.</param>
public sealed record DocumentShares(int Count)
{
    private const int LeastDocuments = 8;

    /// <summary>The documents that a draw is measured on: every <see cref="Count"/>-th, or as many parts fewer as keep 8 documents in each.</summary>
    /// <param name="draw">Number of the draw; null for a condition that is measured on all.</param>
    /// <param name="documents">All documents, or what stands for them, in their order.</param>
    public IReadOnlyList<T> Of<T>(int? draw, IReadOnlyList<T> documents)
    {
        int count = Math.Min(Count, documents.Count / LeastDocuments);
        return draw is { } number && count > 1 ? [.. documents.Where((_, i) => i % count == number % count)] : documents;
    }
}
