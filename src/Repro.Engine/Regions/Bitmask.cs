using System.Numerics;
using System.Runtime.InteropServices;

namespace Repro.Engine.Regions;

/// <summary>A set of element indices of one tensor, one bit an element.</summary>
public sealed class Bitmask : IEquatable<Bitmask>
{
    private const int BitsPerByte = 8;
    private const int BitsPerWord = 64;
    private readonly ulong[] words;

    /// <summary>The empty set.</summary>
    /// <param name="length">Number of elements.</param>
    public Bitmask(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        words = new ulong[(length + BitsPerWord - 1) / BitsPerWord];
    }

    /// <summary>Number of elements, members or not.</summary>
    public long Length { get; }

    /// <summary>Number of members.</summary>
    public long Count => words.Sum(w => (long)BitOperations.PopCount(w));

    /// <summary>The words that hold the bits, lowest index first.</summary>
    public ReadOnlySpan<ulong> Words => words;

    /// <summary>The bytes that hold the bits, lowest index first and lowest bit first: eight elements a byte.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(words.AsSpan())[..(int)BytesFor(Length)];

    /// <summary>Whether an element is a member.</summary>
    public bool this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Length, nameof(index));
            return (words[index / BitsPerWord] >> (int)(index % BitsPerWord) & 1) != 0;
        }
    }

    /// <summary>How many bytes hold the bits of a set.</summary>
    /// <param name="length">Number of elements.</param>
    public static long BytesFor(long length) => (length / BitsPerByte) + (length % BitsPerByte == 0 ? 0 : 1);

    /// <summary>The set whose bits are given, as <see cref="Bytes"/> gives them; null where one lies beyond the last element.</summary>
    /// <param name="length">Number of elements.</param>
    /// <param name="bytes">The bits, of <see cref="BytesFor"/> bytes.</param>
    public static Bitmask? Of(long length, ReadOnlySpan<byte> bytes)
    {
        Bitmask mask = new(length);
        bytes.CopyTo(MemoryMarshal.AsBytes(mask.words.AsSpan()));
        int inLast = (int)(length % BitsPerByte);
        return inLast == 0 || bytes[^1] >> inLast == 0 ? mask : null;
    }

    /// <summary>Makes an element a member.</summary>
    public void Add(long index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Length, nameof(index));
        words[index / BitsPerWord] |= 1UL << (int)(index % BitsPerWord);
    }

    /// <summary>Members in ascending order.</summary>
    public IEnumerable<long> Members()
    {
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong rest = words[i]; rest != 0; rest &= rest - 1)
                yield return ((long)i * BitsPerWord) + BitOperations.TrailingZeroCount(rest);
        }
    }

    /// <summary>Elements in either set.</summary>
    public Bitmask Union(Bitmask other) => Combine(other, (a, b) => a | b);

    /// <summary>Elements in both sets.</summary>
    public Bitmask Intersect(Bitmask other) => Combine(other, (a, b) => a & b);

    /// <summary>Elements in this set and not in the other.</summary>
    public Bitmask Except(Bitmask other) => Combine(other, (a, b) => a & ~b);

    /// <inheritdoc/>
    public bool Equals(Bitmask? other) => other is not null && Length == other.Length && Words.SequenceEqual(other.Words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Bitmask);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Length, Count);

    private Bitmask Combine(Bitmask other, Func<ulong, ulong, ulong> operation)
    {
        if (other.Length != Length)
            throw new ArgumentException($"A set over {Length} elements can't be combined with one over {other.Length}.", nameof(other));
        Bitmask result = new(Length);
        for (int i = 0; i < words.Length; i++)
            result.words[i] = operation(words[i], other.words[i]);
        return result;
    }
}
