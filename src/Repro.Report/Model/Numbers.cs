using System.Globalization;
using Repro.Harness.Claims;
using Repro.Harness.Figures;

namespace Repro.Report.Model;

/// <summary>Numbers as a report prints them.</summary>
internal static class Numbers
{
    private const double LargestPlain = 99_999;

    private const int Digits = 3;

    // Keeps a number and its interval on one line.
    private const char Blank = '\u00A0';

    /// <summary>A perplexity, from nats per token.</summary>
    public static string Perplexity(double nats) => Short(Math.Exp(nats), nats);

    /// <summary>A factor of perplexity, from nats per token.</summary>
    public static string Factor(double nats) => "×" + Short(Math.Exp(nats), nats);

    /// <summary>A perplexity with its interval.</summary>
    public static string PerplexityInterval(Estimate nats) => $"{Perplexity(nats.Value)}{Blank}[{Perplexity(nats.Low)},{Blank}{Perplexity(nats.High)}]";

    /// <summary>A factor with its interval.</summary>
    public static string FactorInterval(Estimate nats) => $"{Factor(nats.Value)}{Blank}[{Short(Math.Exp(nats.Low), nats.Low)},{Blank}{Short(Math.Exp(nats.High), nats.High)}]";

    /// <summary>A claim's statistic.</summary>
    public static string Statistic(double? value) => value switch
    {
        null => "–",
        { } number when double.IsNaN(number) => "not a number",
        { } number when Math.Abs(number) > LargestPlain => number.ToString("0.0e0", CultureInfo.InvariantCulture),
        { } number => (Math.Round(number, Digits) + 0.0).ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary>A claim's statistic with its interval.</summary>
    public static string Interval(VerdictRow row) => Interval(row.Value, row.Low, row.High);

    /// <summary>A statistic with its interval.</summary>
    public static string Interval(double value, double low, double high) => $"{Statistic(value)}{Blank}[{Statistic(low)},{Blank}{Statistic(high)}]";

    /// <summary>A bound in a few characters.</summary>
    public static string Bound(double? low, double? high) => (low, high) switch
    {
        ({ } l, { } h) => string.Create(CultureInfo.InvariantCulture, $"{l:G4} to {h:G4}"),
        ({ } l, null) => string.Create(CultureInfo.InvariantCulture, $"> {l:G4}"),
        (null, { } h) => string.Create(CultureInfo.InvariantCulture, $"< {h:G4}"),
        _ => "none",
    };

    /// <summary>A row's own bound.</summary>
    public static string Bound(Bound bound) => Bound(Finite(bound.Low), Finite(bound.High));

    /// <summary>A bound in words.</summary>
    public static string BoundWords(double? low, double? high) => (low, high) switch
    {
        ({ } l, { } h) => string.Create(CultureInfo.InvariantCulture, $"between {l:G4} and {h:G4}"),
        ({ } l, null) => string.Create(CultureInfo.InvariantCulture, $"above {l:G4}"),
        (null, { } h) => string.Create(CultureInfo.InvariantCulture, $"below {h:G4}"),
        _ => "any number",
    };

    /// <summary>A row's own bound in words.</summary>
    public static string BoundWords(Bound bound) => BoundWords(Finite(bound.Low), Finite(bound.High));

    /// <summary>The paper's number in brackets, or nothing where it prints none.</summary>
    public static string InPaper(double? paper) => paper is null ? "" : $" (paper{Blank}{Statistic(paper)})";

    /// <summary>A title in which no number loses its unit at the end of a line.</summary>
    public static string Unbroken(string title) => title.Replace(" %", $"{Blank}%", StringComparison.Ordinal);

    /// <summary>A share of weights.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + Blank + "%";

    /// <summary>A tick on a log axis.</summary>
    public static string Tick(double value) => value is >= 1e-3 and <= LargestPlain ? value.ToString("#,0.###", CultureInfo.InvariantCulture) : value.ToString("0e0", CultureInfo.InvariantCulture);

    private static double? Finite(double end) => double.IsFinite(end) ? end : null;

    // exp overflows where a model has exploded; its logarithm says as much.
    private static string Short(double value, double nats) => value switch
    {
        _ when double.IsNaN(nats) => "not a number",
        _ when double.IsPositiveInfinity(nats) => "infinite",
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        < LargestPlain => value.ToString("#,0", CultureInfo.InvariantCulture),
        < double.PositiveInfinity => value.ToString("0.0e0", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"e^{nats:0}"),
    };
}
