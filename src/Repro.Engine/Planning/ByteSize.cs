using System.Globalization;
using Repro.Engine.Files;

namespace Repro.Engine.Planning;

/// <summary>Numbers of bytes as people write and read them, in powers of 1,000.</summary>
public static class ByteSize
{
    private static readonly (string Unit, double Bytes)[] Units = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("B", 1)];

    /// <summary>Three digits and a unit, for example <c>13.5 GB</c>.</summary>
    public static string Text(double bytes)
    {
        (string unit, double size) = Units.FirstOrDefault(u => bytes >= u.Bytes, Units[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size:G3} {unit}");
    }

    /// <summary>Reads <c>20GB</c>, <c>512 MB</c> or a plain number of bytes.</summary>
    /// <exception cref="InputException">The text is something else, or not above 0.</exception>
    public static long Parse(string text)
    {
        string trimmed = text.Trim();
        (string unit, double size) = Units.FirstOrDefault(u => trimmed.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase), ("", 1));
        return double.TryParse(trimmed.AsSpan(0, trimmed.Length - unit.Length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double number)
            && number * size is >= 1 and < long.MaxValue
            ? (long)(number * size)
            : throw new InputException($"'{text}' is not an amount of memory; write for example 20GB.");
    }
}
