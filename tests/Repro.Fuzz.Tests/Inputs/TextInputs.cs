using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Repro.Fuzz.Tests.Inputs;

/// <summary>Lines of text, and of token ids, with one line of another kind among them.</summary>
internal static class TextInputs
{
    private static readonly string[] Sentences =
    [
        "The kettle is on.", "Никто не пришёл.", "水が沸いた。", "لم يأت أحد.", "Ai đó gõ cửa.", "아무도 오지 않았다.", "İstanbul ılık.", "e\u0301 \u212B ﬁ", "\U0001F468\u200D\U0001F469\u200D\U0001F467 👍🏽", "12345678901234567890",
    ];

    private static readonly byte[][] Odd =
    [
        [], [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [.. "\r"u8], [.. "\u2028"u8], [.. "\u0085"u8], [.. "\u200b"u8],
        [.. "\u001b]0;title\u0007"u8], [.. "<s></s><|endoftext|><0x0A>"u8], Encoding.UTF8.GetBytes(new string('a', 60_000)), Encoding.UTF8.GetBytes(new string(' ', 60_000) + "x"),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("e\u0301", 20_000))), Encoding.UTF8.GetBytes("a" + new string('\u0301', 20_000)), Encoding.UTF8.GetBytes(new string('\n', 50_000)),
        Encoding.Unicode.GetBytes("The kettle is on.\n"), Encoding.UTF32.GetBytes("The kettle is on.\n"), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("👍", 15_000))),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\r\n", 15_000))), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ab", 30_000))),
    ];

    private static readonly string[] OddIds =
    [
        "", "1", "-1 2", "1 11", "1 2147483648", "1 99999999999999999999", "1 2.5", "1 0x2", "1 +2", "1\t2\u00a03", "1,2", "1 ٣", "1 NaN", "1 2 # note", string.Concat(Enumerable.Repeat("1 ", 30_000)), new string('9', 20_000), "1 \0", "1 \u001b[31m",
    ];

    /// <summary>Text with at most one odd line.</summary>
    public static Gen<byte[]> Lines { get; } = Mixed(Gen.Elements(Sentences).Select(Encoding.UTF8.GetBytes), Gen.Elements(Odd.AsEnumerable()));

    /// <summary>Token ids with at most one odd line.</summary>
    public static Gen<byte[]> Ids { get; } = Mixed(
        from ids in Gen.NonEmptyListOf(Gen.Choose(0, 10)) select Encoding.UTF8.GetBytes("1 " + string.Join(' ', ids.Take(14))),
        Gen.Elements(OddIds).Select(Encoding.UTF8.GetBytes));

    /// <summary>A text with one line odd, gone or standing twice.</summary>
    public static Gen<byte[]> OneThingWrong(string valid)
    {
        byte[][] lines = [.. valid.Split('\n').Select(Encoding.UTF8.GetBytes)];
        return from place in Gen.Choose(0, lines.Length - 1)
               from odd in Gen.Elements(Odd.AsEnumerable())
               from instead in Gen.Elements<byte[][]>([odd], [], [lines[place], lines[place]], [[.. lines[place], .. odd]])
               select (byte[])[.. lines[..place].Concat(instead).Concat(lines[(place + 1)..]).SelectMany((line, i) => i == 0 ? line : [(byte)'\n', .. line])];
    }

    private static Gen<byte[]> Mixed(Gen<byte[]> lines, Gen<byte[]> odd) =>
        from before in Gen.ListOf(lines)
        from one in Gen.Frequency((1, Gen.Constant<byte[]>([])), (8, odd))
        from after in Gen.ListOf(lines)
        from end in Gen.Elements("\n"u8.ToArray(), "\r\n"u8.ToArray())
        select (byte[])[.. before.Concat([one]).Concat(after).SelectMany(line => (byte[])[.. line, .. end])];
}
