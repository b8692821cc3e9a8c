using System.Globalization;
using System.Text;
using System.Text.Json;
using Repro.Paper.Json;

namespace Repro.Paper.Auditing;

/// <summary>Findings as plain text, at most 100 columns wide.</summary>
public static class AuditText
{
    private const int Gap = 2;
    private const int TotalWidth = 100;

    // Keeps a number and its sign on one line.
    private const string Percent = "\u00a0%";

    private static readonly (string Title, int Width, Func<Finding, string> Text)[] Columns =
    [
        ("table", 5, f => f.Table?.ToString(CultureInfo.InvariantCulture) ?? "text"),
        ("cell", 29, f => f.Where),
        ("rule", 15, f => f.Rule),
        ("value", 17, f => f.Value),
        ("expected", 26, f => f.Expected),
    ];

    /// <summary>A table of the findings and a last line that counts them.</summary>
    public static string Of(IReadOnlyCollection<Finding> findings)
    {
        StringBuilder text = new();
        Row(text, [.. Columns.Select(c => c.Title)]);
        Row(text, [.. Columns.Select(c => new string('-', c.Width))]);
        foreach (Finding finding in findings)
            Row(text, [.. Columns.Select(c => c.Text(finding))]);
        string rules = string.Join(", ", findings.GroupBy(f => f.Rule).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} {g.Count()}")));
        string counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{findings.Count} findings by {findings.Select(f => f.Rule).Distinct().Count()} of {PaperAudit.Rules.Count} rules");
        foreach (string line in Wrap(findings.Count == 0 ? counts : $"{counts}: {rules}", TotalWidth))
            text.Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>Breaks a text at blanks, and a longer word where it must.</summary>
    internal static IReadOnlyList<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        string line = "";
        string[] words = text.Replace(" %", Percent, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words.SelectMany(w => w.Chunk(width)).Select(letters => new string(letters)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        return [.. lines.Append(line).Select(l => l.Replace(Percent, " %", StringComparison.Ordinal))];
    }

    /// <summary>The findings as a JSON array; the table is null for the text.</summary>
    public static string Json(IReadOnlyCollection<Finding> findings) => JsonSerializer.Serialize(findings, JsonForm.Options) + "\n";

    private static void Row(StringBuilder text, string[] cells)
    {
        IReadOnlyList<string>[] wrapped = [.. cells.Zip(Columns, (cell, column) => Wrap(cell, column.Width))];
        for (int i = 0; i < wrapped.Max(w => w.Count); i++)
        {
            var parts = wrapped.Zip(Columns, (lines, column) => (i < lines.Count ? lines[i] : "").PadRight(column.Width));
            text.Append(string.Join(new string(' ', Gap), parts).TrimEnd()).Append('\n');
        }
    }
}
