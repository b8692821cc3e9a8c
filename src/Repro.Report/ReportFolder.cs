using Repro.Engine.Files;
using Repro.Report.Html;
using Repro.Report.Markdown;

namespace Repro.Report;

/// <summary>The folder that a report is written to.</summary>
public static class ReportFolder
{
    /// <summary>Name of the page.</summary>
    public const string PageName = "index.html";

    /// <summary>Name of the report as Markdown.</summary>
    public const string MarkdownName = "report.md";

    /// <summary>Writes <c>results.json</c>, <c>index.html</c> and <c>report.md</c>, each in one move.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="results">The results.</param>
    public static void Write(string folder, Results results)
    {
        AtomicFile.WriteText(Path.Combine(folder, ResultsFile.Name), ResultsFile.ToJson(results));
        AtomicFile.WriteText(Path.Combine(folder, PageName), Page.Of(results));
        AtomicFile.WriteText(Path.Combine(folder, MarkdownName), MarkdownReport.Of(results));
    }
}
