namespace Repro.Harness.Texts;

/// <summary>A control's texts, whose importance together selects a core region in place of that of the paper's texts.</summary>
/// <param name="Id">Short unique name: a part of regions' keys.</param>
/// <param name="Words">What they are, in a table's words: <c>tokens in random order</c>.</param>
/// <param name="Texts">The texts.</param>
public sealed record SourceTexts(string Id, string Words, IReadOnlyList<TestText> Texts)
{
    /// <inheritdoc/>
    public bool Equals(SourceTexts? other) => other is not null && Id == other.Id && Words == other.Words && Texts.SequenceEqual(other.Texts);

    /// <inheritdoc/>
    public override int GetHashCode() => Texts.Aggregate(HashCode.Combine(Id, Words), HashCode.Combine);
}
