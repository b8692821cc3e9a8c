using System.Text;

namespace Repro.Engine.Text.Unicode;

/// <summary>
/// Normalisation form C (Unicode Standard Annex 15). The runtime's own leaves text as it is where globalisation is invariant, as it is here.
/// </summary>
internal static class Composition
{
    private const int FirstCombining = 0x300;
    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int BeforeFirstTail = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    /// <summary>The composed form of a text.</summary>
    public static string Compose(string text)
    {
        if (text.All(c => c < FirstCombining))
            return text;
        List<int> codes = [];
        foreach (Rune rune in text.EnumerateRunes())
            Decompose(rune.Value, codes);
        Order(codes);
        return Join(codes);
    }

    private static void Decompose(int code, List<int> codes)
    {
        int syllable = code - FirstSyllable;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            codes.Add(FirstLead + (syllable / (Vowels * Tails)));
            codes.Add(FirstVowel + (syllable / Tails % Vowels));
            if (syllable % Tails > 0)
                codes.Add(BeforeFirstTail + (syllable % Tails));
        }
        else if (CanonicalData.Instance.Decomposition(code) is { } parts)
        {
            foreach (int part in parts)
                Decompose(part, codes);
        }
        else
        {
            codes.Add(code);
        }
    }

    // Marks of one cluster come in the order of their classes; those of one class keep theirs. A cluster may be as long as a file.
    private static void Order(List<int> codes)
    {
        for (int start = 0; start < codes.Count; start++)
        {
            int end = start;
            while (end < codes.Count && CanonicalData.Instance.CombiningClass(codes[end]) > 0)
                end++;
            if (end - start > 1)
            {
                int[] ordered = [.. codes[start..end].OrderBy(CanonicalData.Instance.CombiningClass)];
                for (int i = 0; i < ordered.Length; i++)
                    codes[start + i] = ordered[i];
            }

            start = end;
        }
    }

    private static string Join(List<int> codes)
    {
        int starter = -1;
        int kept = 0;
        int last = 0;
        foreach (int code in codes.ToArray())
        {
            int own = CanonicalData.Instance.CombiningClass(code);
            bool reaches = starter >= 0 && (kept == starter + 1 || (last < own && own > 0));
            if (reaches && Pair(codes[starter], code) is { } whole)
            {
                codes[starter] = whole;
                continue;
            }

            if (own == 0)
                starter = kept;
            last = own;
            codes[kept++] = code;
        }

        StringBuilder text = new(kept);
        foreach (int code in codes[..kept])
            text.Append(new Rune(code).ToString());
        return text.ToString();
    }

    private static int? Pair(int first, int second)
    {
        if (first - FirstLead is >= 0 and < Leads && second - FirstVowel is >= 0 and < Vowels)
            return FirstSyllable + ((((first - FirstLead) * Vowels) + second - FirstVowel) * Tails);
        bool open = first - FirstSyllable is >= 0 and < Leads * Vowels * Tails && (first - FirstSyllable) % Tails == 0;
        return open && second - BeforeFirstTail is > 0 and < Tails ? first + second - BeforeFirstTail : CanonicalData.Instance.Composition(first, second);
    }
}
