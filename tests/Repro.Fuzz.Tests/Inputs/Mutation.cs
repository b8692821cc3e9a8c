using System.Buffers.Binary;
using System.Text;
using Repro.Engine.Seeds;

namespace Repro.Fuzz.Tests.Inputs;

/// <summary>Damages valid contents without knowing what they mean.</summary>
internal static class Mutation
{
    private const int MostDamages = 4;
    private const int Longest = 200_000;
    private const int DeepNesting = 5_000;

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "99999999999999999999999999", "1e400", "-1e400", "1e-400", "0.5", "1E5", "007", "NaN", "1_000", "٣",
    ];

    private static readonly long[] Words = [0, 1, -1, 2, 7, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, 99_999_999, 100_000_001];

    private static readonly byte[][] Fragments =
    [
        [0], [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0xF4, 0x90, 0x80, 0x80], [.. "\r"u8], [.. "\n\n"u8], [.. "\\ud800"u8], [.. "\\u0000"u8],
        [.. "null"u8], [.. "[]"u8], [.. "{}"u8], [.. "\"\""u8], [.. "../"u8], [.. "\u001b[31m"u8], [.. ","u8], [.. "\""u8],
    ];

    /// <summary>One of the contents with 1 to 4 damages.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> valid, SplitMix random)
    {
        byte[] bytes = valid[(int)random.Below(valid.Count)];
        for (long damages = 1 + random.Below(MostDamages); damages > 0; damages--)
            bytes = Damage(bytes, valid, random);
        return bytes.Length <= Longest ? bytes : bytes[..Longest];
    }

    private static byte[] Damage(byte[] bytes, IReadOnlyList<byte[]> valid, SplitMix random)
    {
        if (bytes.Length == 0)
            return valid[(int)random.Below(valid.Count)];
        (int start, int length) = Stretch(bytes, random);
        switch (random.Below(11))
        {
            case 0 or 1:
                return With(bytes, b => b[start] ^= (byte)(1 << (int)random.Below(8)));
            case 2:
                return With(bytes, b => b[start] = (byte)random.Next());
            case 3:
                return bytes[..start];
            case 4:
                return [.. bytes[..start], .. bytes[(start + length)..]];
            case 5:
                return [.. bytes[..(start + length)], .. bytes[start..]];
            case 6:
                return Spliced(bytes, valid[(int)random.Below(valid.Count)], random);
            case 7:
                return Numbered(bytes, start, random);
            case 8:
                return Worded(bytes, random);
            case 9:
                return Nested(bytes, start, random);
            default:
                return [.. bytes[..start], .. Fragments[random.Below(Fragments.Length)], .. bytes[start..]];
        }
    }

    private static (int Start, int Length) Stretch(byte[] bytes, SplitMix random)
    {
        int start = (int)random.Below(bytes.Length);
        return (start, (int)random.Below(Math.Min(bytes.Length - start, 1 + (bytes.Length / 4))));
    }

    private static byte[] With(byte[] bytes, Action<byte[]> edit)
    {
        byte[] copy = [.. bytes];
        edit(copy);
        return copy;
    }

    private static byte[] Spliced(byte[] bytes, byte[] other, SplitMix random) =>
        [.. bytes[..(int)random.Below(bytes.Length)], .. other[(int)random.Below(other.Length)..]];

    // Another number in the place of the next one that is written in digits.
    private static byte[] Numbered(byte[] bytes, int start, SplitMix random)
    {
        int first = Array.FindIndex(bytes, start, b => char.IsAsciiDigit((char)b));
        if (first < 0)
            return bytes;
        int end = Array.FindIndex(bytes, first, b => !char.IsAsciiDigit((char)b));
        return [.. bytes[..first], .. Encoding.UTF8.GetBytes(Numbers[random.Below(Numbers.Length)]), .. bytes[(end < 0 ? bytes.Length : end)..]];
    }

    // Another number in a place where eight or four bytes may be one: half of the time the first, where formats keep their lengths.
    private static byte[] Worded(byte[] bytes, SplitMix random)
    {
        bool isLong = random.Below(2) == 0;
        int width = isLong ? sizeof(long) : sizeof(int);
        if (bytes.Length < width)
            return bytes;
        int at = random.Below(2) == 0 ? 0 : (int)random.Below(bytes.Length - width + 1);
        long word = Words[random.Below(Words.Length)];
        return With(bytes, b =>
        {
            if (isLong)
                BinaryPrimitives.WriteInt64LittleEndian(b.AsSpan(at), word);
            else
                BinaryPrimitives.WriteInt32LittleEndian(b.AsSpan(at), (int)word);
        });
    }

    private static byte[] Nested(byte[] bytes, int start, SplitMix random)
    {
        int depth = random.Below(2) == 0 ? 1 + (int)random.Below(100) : DeepNesting;
        (string open, string close) = random.Below(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        byte[] Repeat(string text) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, depth)));
        return [.. bytes[..start], .. Repeat(open), .. Repeat(close), .. bytes[start..]];
    }
}
