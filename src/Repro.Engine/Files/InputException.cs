using System.Globalization;
using System.Text;

namespace Repro.Engine.Files;

/// <summary>
/// Something a user gave can't be used; the message is one sentence with what, where and what to do. What it cites may come from a file and is shown
/// on a terminal: control characters are written out, and a long citation is cut in its middle.
/// </summary>
public sealed class InputException : Exception
{
    private const int Longest = 1_000;
    private const int KeptAtEnd = 300;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence: what is wrong, where, and what to do.</param>
    /// <param name="inner">What it was found by.</param>
    public InputException(string message, Exception? inner = null)
        : base(Shown(message), inner)
    {
    }

    private static string Shown(string message)
    {
        StringBuilder shown = new(message.Length);
        foreach (Rune rune in message.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                shown.Append(rune);
        }

        return shown.Length <= Longest ? shown.ToString() : $"{shown.ToString(0, Longest - KeptAtEnd)} … {shown.ToString(shown.Length - KeptAtEnd, KeptAtEnd)}";
    }
}
