using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Repro.Fuzz.Tests.Inputs;

/// <summary>SentencePiece models (protocol buffers) with one thing wrong in a piece, in a setting or in the encoding.</summary>
internal static class SentencePieceInputs
{
    private const int Normal = 1;
    private const int Unknown = 2;
    private const int Control = 3;
    private const int Byte = 6;

    /// <summary>A small model of byte pairs with byte fallback.</summary>
    public static byte[] Valid { get; } = Encode(Pieces(), Settings());

    /// <summary>A model with one thing wrong; now and then with nothing wrong.</summary>
    public static Gen<byte[]> OneThingWrong { get; } = Gen.Frequency(
        (1, Gen.Constant(Valid)),
        (4, from at in Gen.Choose(0, Pieces().Count - 1) from text in Gen.Elements("", "a", "<unk>", "<0x41>", "<0xZZ>", "▁", "\u0000", "\ud83d\ude00", new string('x', 5_000)) select Encode(With(Pieces(), at, p => p with { Text = text }), Settings())),
        (3, from at in Gen.Choose(0, Pieces().Count - 1) from kind in Gen.Elements(0, 1, 2, 3, 4, 5, 6, 7, 99, -1) select Encode(With(Pieces(), at, p => p with { Kind = kind }), Settings())),
        (2, from at in Gen.Choose(0, Pieces().Count - 1) from score in Gen.Elements(float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -0f) select Encode(With(Pieces(), at, p => p with { Score = score }), Settings())),
        (2, from at in Gen.Choose(0, Pieces().Count - 1) select Encode([.. Pieces().Where((_, i) => i != at)], Settings())),
        (2, from at in Gen.Choose(0, Pieces().Count - 1) from length in Gen.Choose(0, Pieces().Count) select Encode([.. Pieces()[..at], .. Pieces()[..length]], Settings())),
        (5, from field in Gen.Elements(3, 4, 24, 25, 26, 35, 40, 41, 42, 43) from value in Gen.Elements(0L, 1, 2, 3, 4, 300, int.MaxValue, uint.MaxValue, long.MaxValue, -1, int.MinValue) select Encode(Pieces(), [.. Settings().Where(s => s.Field != field), (field, value)])),
        (4, from field in Gen.Choose(0, 60) from wire in Gen.Choose(0, 7) from length in Gen.Elements(0L, 1, 100, int.MaxValue, long.MaxValue, -1) select (byte[])[.. Valid, .. Varint(((long)field << 3) | (uint)wire), .. Varint(length), 1, 2, 3]),
        (1, from text in Gen.Elements("identity", "nmt_nfkc", "") from map in Gen.Elements(0, 3, 4, 1_000) select (byte[])[.. Encode(Pieces(), Settings()), .. Message(3, [.. Message(1, Encoding.UTF8.GetBytes(text)), .. Message(2, Enumerable.Repeat((byte)0xFF, map).ToArray())])]));

    private static List<Piece> Pieces() =>
    [
        new("<unk>", 0, Unknown), new("<s>", 0, Control), new("</s>", 0, Control),
        .. Enumerable.Range(0, 256).Select(b => new Piece(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>"), 0, Byte)),
        .. new[] { "▁t", "he", "▁the", "in", "▁a", "▁", "t", "h", "e", "i", "n", "a", "s", "é", "水" }.Select((text, i) => new Piece(text, -i, Normal)),
    ];

    // Model type byte pairs, vocabulary, splitting, byte fallback, and the ids of unknown, begin, end and padding.
    private static List<(int Field, long Value)> Settings() => [(3, 2), (4, 274), (24, 0), (25, 1), (26, 1), (35, 1), (40, 0), (41, 1), (42, 2), (43, -1)];

    private static List<Piece> With(List<Piece> pieces, int at, Func<Piece, Piece> edit)
    {
        pieces[at] = edit(pieces[at]);
        return pieces;
    }

    private static byte[] Encode(List<Piece> pieces, List<(int Field, long Value)> settings) =>
    [
        .. pieces.SelectMany(p => Message(1, [.. Message(1, Encoding.UTF8.GetBytes(p.Text)), (2 << 3) | 5, .. Float(p.Score), 3 << 3, .. Varint(p.Kind)])),
        .. Message(2, [.. settings.SelectMany(s => (byte[])[.. Varint(s.Field << 3), .. Varint(s.Value)])]),
        .. Message(3, [.. Message(1, "identity"u8), 3 << 3, 1, 4 << 3, 0, 5 << 3, 1]),
    ];

    private static byte[] Message(int field, ReadOnlySpan<byte> content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Float(float value)
    {
        byte[] bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Varint(long value)
    {
        List<byte> bytes = [];
        ulong rest = (ulong)value;
        for (; rest > 0x7F; rest >>= 7)
            bytes.Add((byte)(rest | 0x80));
        bytes.Add((byte)rest);
        return [.. bytes];
    }

    private sealed record Piece(string Text, float Score, int Kind);
}
