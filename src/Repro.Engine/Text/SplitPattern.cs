using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Repro.Engine.Text;

/// <summary>A known way to cut a text into the pieces that byte pairs are merged in.</summary>
internal sealed partial class SplitPattern
{
    // One character of the first plane for each class that the patterns tell apart, none of which a pattern names.
    private const char Letter = 'α';
    private const char Number = '٣';
    private const char Other = '§';

    private const string Contractions = "'(?:[sSſ]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])";
    private const string Words = @"|[^\r\n\p{L}\p{N}]?\p{L}+";
    private const string Rest = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly Dictionary<string, SplitPattern> Known = new(StringComparer.Ordinal)
    {
        [@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"] = new(UpToThreeDigits()),
        [@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"] = new(SingleDigits()),
    };

    private readonly Regex regex;

    private SplitPattern(Regex regex) => this.regex = regex;

    /// <summary>The pattern that a <c>tokenizer.json</c> writes so, or null where it is not known: LLaMA-3's and Qwen2's are.</summary>
    public static SplitPattern? Find(string written) => Known.GetValueOrDefault(written);

    /// <summary>The pieces of a text, in order; together they are the text.</summary>
    public IEnumerable<string> Split(string text)
    {
        // The patterns speak of code points, .NET's classes of UTF-16 units.
        string units = text.Any(char.IsSurrogate) ? Classes(text) : text;
        int start = 0;
        foreach (Match match in regex.Matches(units))
        {
            int end = start;
            for (int i = 0; i < match.Length; i++)
                end += char.IsSurrogatePair(text, end) ? 2 : 1;
            yield return text[start..end];
            start = end;
        }
    }

    private static string Classes(string text)
    {
        StringBuilder units = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            units.Append(rune.IsBmp ? (char)rune.Value : ClassOf(rune));
        return units.ToString();
    }

    private static char ClassOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Number,
        _ => Other,
    };

    [GeneratedRegex(Contractions + Words + @"|\p{N}{1,3}" + Rest, RegexOptions.CultureInvariant)]
    private static partial Regex UpToThreeDigits();

    [GeneratedRegex(Contractions + Words + @"|\p{N}" + Rest, RegexOptions.CultureInvariant)]
    private static partial Regex SingleDigits();
}
