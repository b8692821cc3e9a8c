using System.Text;

namespace Repro.Engine.Text;

/// <summary>
/// The characters that byte-level vocabularies write bytes with: printable ones of Latin-1 stand for themselves, the others for U+0100
/// onwards in their order (Radford et al., 2019).
/// </summary>
internal static class ByteAlphabet
{
    private const int FirstSubstitute = 0x100;
    private static readonly char[] CharOf = Characters();
    private static readonly Dictionary<char, byte> ByteOf = CharOf.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => (byte)p.i);

    /// <summary>The 256 characters, in the order of their bytes.</summary>
    public static IReadOnlyList<char> All => CharOf;

    /// <summary>The UTF-8 bytes of a text as characters of the alphabet.</summary>
    public static string Write(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(bytes.Length, bytes, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = CharOf[source[i]];
        });
    }

    /// <summary>The bytes that characters of the alphabet stand for; other characters stand for their own UTF-8 bytes.</summary>
    public static byte[] Read(string token) =>
        token.All(ByteOf.ContainsKey) ? [.. token.Select(c => ByteOf[c])] : Encoding.UTF8.GetBytes(token);

    private static char[] Characters()
    {
        int substitute = FirstSubstitute;
        return [.. Enumerable.Range(0, 256).Select(b => (char)(IsPrintable(b) ? b : substitute++))];
    }

    // The soft hyphen, 0xAD, shows nothing.
    private static bool IsPrintable(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xFF and not 0xAD);
}
