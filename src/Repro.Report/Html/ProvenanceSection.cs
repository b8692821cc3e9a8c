using Repro.Report.Findings;
using Repro.Report.Markdown;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>What the results were measured on and with.</summary>
internal static class ProvenanceSection
{
    /// <summary>The section.</summary>
    public static Markup Of(Results results) => Markup.Of($"""
        <section id="provenance">
        <h2>Provenance</h2>
        {List(ProvenanceEntries.Environment(results.Environment))}
        {results.Verified().Select(c => Markup.Of($"<h3>{c.Name}</h3>\n{List(ProvenanceEntries.Checkpoint(c.Report.Provenance))}"))}
        <p class="why">The same numbers, for programs: <a href="{ResultsFile.Name}">{ResultsFile.Name}</a>; as text: <a href="{MarkdownReport.Name}">{MarkdownReport.Name}</a>.</p>
        </section>

        """);

    private static Markup List(IEnumerable<(string Name, string Value)> entries) =>
        Markup.Of($"<dl class=\"provenance\">{entries.Select(e => Markup.Of($"<dt>{e.Name}</dt><dd>{e.Value}</dd>\n"))}</dl>\n");
}
