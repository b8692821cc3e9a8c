using System.Globalization;
using System.Text.Json;
using Repro.Harness.Json;
using Repro.Papers.LinguisticRegions.Audit;
using Repro.Terminal;

namespace Repro.Papers.LinguisticRegions.Pages;

/// <summary>The findings of the paper's audit for people and for programs.</summary>
public static class FindingsText
{
    /// <summary>The findings as a JSON array; the table is null for the text.</summary>
    public static string Json(IReadOnlyCollection<Finding> findings) => JsonSerializer.Serialize(findings, JsonForm.Options) + "\n";

    /// <summary>A table of the findings and a last sentence that counts them.</summary>
    public static string Of(IReadOnlyCollection<Finding> findings)
    {
        TerminalTable table = new(Column.Word("table"), Column.Text("cell"), Column.Word("rule"), Column.Text("value"), Column.Text("expected"));
        foreach (Finding f in findings)
            table.Add(f.Table?.ToString(CultureInfo.InvariantCulture) ?? "text", Unbroken(f.Where), f.Rule, Unbroken(f.Value), Unbroken(f.Expected));
        string rules = string.Join(", ", findings.GroupBy(f => f.Rule).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key}\u00A0{g.Count()}")));
        string counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{findings.Count} findings by {findings.Select(f => f.Rule).Distinct().Count()} of {PaperAudit.Rules.Count} rules");
        return table + "\n" + new TerminalTable(Column.Text("")).Add(findings.Count == 0 ? counts : $"{counts}: {rules}");
    }

    // A number stays with its sign.
    private static string Unbroken(string text) => text.Replace(" %", "\u00A0%", StringComparison.Ordinal);
}
