using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Repro.Harness.Readings;

/// <summary>How every point that a paper leaves open is read, by name.</summary>
public sealed class ReadingSet : IReadOnlyDictionary<string, string>
{
    private readonly ImmutableSortedDictionary<string, string> values;

    private ReadingSet(ImmutableSortedDictionary<string, string> values) => this.values = values;

    /// <summary>The usual way of each of the harness's readings and of a paper's own.</summary>
    /// <param name="own">Readings of the paper.</param>
    public static ReadingSet Usual(params IEnumerable<Reading> own) => new(
        own.Concat([Reading.Importance, Reading.Samples, Reading.Norms, Reading.Perplexity]).ToImmutableSortedDictionary(r => r.Name, r => r.UsualName, StringComparer.Ordinal));

    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => values.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => values.Values;

    /// <inheritdoc/>
    public string this[string key] => values[key];

    /// <summary>How a point is read.</summary>
    /// <exception cref="KeyNotFoundException">The paper does not have this reading.</exception>
    public T Of<T>(Reading<T> reading)
        where T : struct, Enum => Enum.Parse<T>(values[reading.Name]);

    /// <summary>The same set with one point read in another way.</summary>
    public ReadingSet With<T>(Reading<T> reading, T value)
        where T : struct, Enum => new(values.SetItem(reading.Name, value.ToString()));

    /// <summary>Some of the readings as a part of a key: <c>norms WithNorms samples Line</c>.</summary>
    public string Describe(IEnumerable<Reading> readings) => string.Join(' ', readings.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => $"{r.Name} {values[r.Name]}"));

    /// <inheritdoc/>
    public bool ContainsKey(string key) => values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
