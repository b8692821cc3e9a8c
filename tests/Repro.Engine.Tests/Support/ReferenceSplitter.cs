using System.Globalization;
using System.Text;

namespace Repro.Engine.Tests.Support;

/// <summary>The split patterns of LLaMA-3 and Qwen2 as a scanner over code points, written from their description; shares no code with the engine.</summary>
/// <param name="mostDigits">Digits that a piece may hold: three in LLaMA-3, one in Qwen2.</param>
internal sealed class ReferenceSplitter(int mostDigits)
{
    private static readonly string[] Contractions = ["s", "t", "re", "ve", "m", "ll", "d"];

    public IEnumerable<string> Split(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        int start = 0;
        while (start < runes.Length)
        {
            int end = End(runes, start);
            yield return string.Concat(runes[start..end]);
            start = end;
        }
    }

    private int End(Rune[] runes, int start)
    {
        if (Contraction(runes, start) is { } contraction)
            return contraction;
        bool prefix = !IsLetter(runes[start]) && !IsNumber(runes[start]) && !IsLineEnd(runes[start]);
        int letters = prefix ? start + 1 : start;
        if (letters < runes.Length && IsLetter(runes[letters]))
            return While(runes, letters, IsLetter);
        if (IsNumber(runes[start]))
            return Math.Min(While(runes, start, IsNumber), start + mostDigits);
        int marks = runes[start].Value == ' ' ? start + 1 : start;
        if (marks < runes.Length && IsMark(runes[marks]))
            return While(runes, While(runes, marks, IsMark), IsLineEnd);

        // Blanks: up to their last line end; or all but the one that goes with the next word; or all, at the end of the text.
        int blanks = While(runes, start, Rune.IsWhiteSpace);
        int lines = Array.FindLastIndex(runes, blanks - 1, blanks - start, IsLineEnd);
        if (lines >= 0)
            return lines + 1;
        return blanks < runes.Length && blanks - start > 1 ? blanks - 1 : blanks;
    }

    // In any case of its letters; ſ is another form of s.
    private static int? Contraction(Rune[] runes, int start)
    {
        if (runes[start].Value != '\'')
            return null;
        foreach (string ending in Contractions.Where(c => start + c.Length < runes.Length))
        {
            string follows = string.Concat(runes[(start + 1)..(start + 1 + ending.Length)]).ToLowerInvariant().Replace('ſ', 's');
            if (follows == ending)
                return start + 1 + ending.Length;
        }

        return null;
    }

    private static int While(Rune[] runes, int start, Func<Rune, bool> holds)
    {
        while (start < runes.Length && holds(runes[start]))
            start++;
        return start;
    }

    private static bool IsLineEnd(Rune rune) => rune.Value is '\r' or '\n';

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune);

    private static bool IsNumber(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsMark(Rune rune) => !IsLetter(rune) && !IsNumber(rune) && !Rune.IsWhiteSpace(rune);
}
