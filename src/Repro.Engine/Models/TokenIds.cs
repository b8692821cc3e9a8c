using System.Collections;

namespace Repro.Engine.Models;

/// <summary>A few token ids; two lists are equal when their ids are.</summary>
/// <param name="ids">The ids, in order.</param>
public sealed class TokenIds(params int[] ids) : IReadOnlyList<int>, IEquatable<TokenIds>
{
    /// <inheritdoc/>
    public int Count => ids.Length;

    /// <inheritdoc/>
    public int this[int index] => ids[index];

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ids.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(TokenIds? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TokenIds);

    /// <inheritdoc/>
    public override int GetHashCode() => ids.Aggregate(ids.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", ids);
}
