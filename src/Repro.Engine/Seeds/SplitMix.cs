namespace Repro.Engine.Seeds;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same sequence for a seed on every platform and version.</summary>
public sealed class SplitMix
{
    private ulong state;

    /// <summary>Starts the sequence of a seed.</summary>
    public SplitMix(ulong seed) => state = seed;

    /// <summary>A seed of its own for a named part of a run, so that adding a part moves no other.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="part">What the new sequence is for.</param>
    public static ulong Derive(ulong seed, string part)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in part)
            hash = (hash ^ c) * 1099511628211;
        return new SplitMix(seed ^ hash).Next();
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number drawn evenly from 0 to <paramref name="bound"/> − 1 (Lemire's rejection method).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is less than 1.</exception>
    public long Below(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(Next(), range, out ulong low);
        if (low < range)
        {
            ulong threshold = (0UL - range) % range;
            while (low < threshold)
                high = Math.BigMul(Next(), range, out low);
        }

        return (long)high;
    }

    /// <summary>A number drawn evenly from [0, 1).</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
