using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Repro.Cli.Tests;

/// <summary>What runs came to, without how much they computed and how fast, which differs between runs that measure the same.</summary>
internal static partial class Outcomes
{
    /// <summary>Results as they were written.</summary>
    public static string Of(string results) => Performance().Replace(results, "");

    /// <summary>Results without what says on what they were made.</summary>
    public static string Measured(string results)
    {
        JsonObject measured = JsonNode.Parse(Of(results))!.AsObject();
        measured.Remove("environment").Should().BeTrue();
        return measured.ToJsonString();
    }

    /// <summary>SHA-256 of every file of a report, by its name.</summary>
    public static Dictionary<string, string> OfReport(string folder) => Directory.GetFiles(folder).ToDictionary(
        file => Path.GetFileName(file),
        file => Convert.ToHexStringLower(SHA256.HashData(
            Path.GetFileName(file) == "results.json" ? Encoding.UTF8.GetBytes(Of(File.ReadAllText(file))) : File.ReadAllBytes(file))));

    [GeneratedRegex("""
        ,\s*"performance":\s*\{[^{}]*\}
        """)]
    private static partial Regex Performance();
}
