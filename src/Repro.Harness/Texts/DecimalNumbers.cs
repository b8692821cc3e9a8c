using System.Text;
using Repro.Engine.Seeds;

namespace Repro.Harness.Texts;

/// <summary>Text of decimal numbers drawn at random, half of them with a point: <c>4, 9051.73, 288</c>.</summary>
internal static class DecimalNumbers
{
    private const int MostBeforePoint = 4;
    private const int MostAfterPoint = 3;

    /// <summary>Writes numbers.</summary>
    /// <param name="random">Draws them.</param>
    /// <param name="count">How many.</param>
    public static string Write(SplitMix random, int count) => string.Join(", ", Enumerable.Range(0, count).Select(_ => Number(random)));

    // The first of several digits is not 0.
    private static string Number(SplitMix random)
    {
        StringBuilder number = new();
        int digits = 1 + (int)random.Below(MostBeforePoint);
        number.Append((char)(digits == 1 ? '0' + random.Below(10) : '1' + random.Below(9)));
        Append(number, random, digits - 1);
        if (random.Below(2) == 0)
            Append(number.Append('.'), random, 1 + (int)random.Below(MostAfterPoint));
        return number.ToString();
    }

    private static void Append(StringBuilder number, SplitMix random, int digits)
    {
        for (int i = 0; i < digits; i++)
            number.Append((char)('0' + random.Below(10)));
    }
}
