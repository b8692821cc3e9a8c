using System.Globalization;

namespace Repro.Report.Html;

/// <summary>Ids of what a page links to: different for different names, whatever characters they have.</summary>
internal static class Anchors
{
    /// <summary>A claim's section.</summary>
    public static string Claim(string id) => $"claim-{Safe(id)}";

    /// <summary>The section of a table, figure or section of the paper.</summary>
    public static string Part(string name) => $"part-{Safe(name)}";

    /// <summary>A figure of one checkpoint.</summary>
    public static string Figure(string id, int checkpoint) => checkpoint == 0 ? $"figure-{Safe(id)}" : string.Create(CultureInfo.InvariantCulture, $"figure-{Safe(id)}.{checkpoint + 1}");

    private static string Safe(string name) => string.Concat(name.Select(c => c switch
    {
        ' ' => "_",
        '-' => "-",
        _ when char.IsAsciiLetterOrDigit(c) => c.ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $":{(int)c:x}:"),
    }));
}
