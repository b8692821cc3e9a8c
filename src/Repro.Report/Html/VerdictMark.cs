using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>A verdict as colour, symbol and word.</summary>
internal static class VerdictMark
{
    /// <summary>Class of the style sheet that colours a verdict.</summary>
    public static string Class(VerdictKind kind) => kind switch
    {
        VerdictKind.Holds => "holds",
        VerdictKind.Fails => "fails",
        VerdictKind.Inconclusive => "open",
        _ => "none",
    };

    /// <summary>Symbol and word.</summary>
    public static Markup Badge(VerdictKind kind) => Badge(kind, VerdictWords.Of(kind));

    /// <summary>What the paper's own numbers say.</summary>
    public static Markup Badge(PaperOutcome paper) => Badge(paper.Kind, VerdictWords.Of(paper));

    /// <summary>The symbol, with the word for those who hear the page.</summary>
    public static Markup Symbol(VerdictKind kind) =>
        Markup.Of($"<span class=\"mark {Class(kind)}\" role=\"img\" aria-label=\"{VerdictWords.Of(kind)}\" title=\"{VerdictWords.Of(kind)}\">{VerdictWords.Symbol(kind)}</span>");

    /// <summary>What the goldens expect, where that is another verdict. Without goldens every claim is expected to hold, and the verdict itself says that it does not.</summary>
    public static Markup Unexpected(ReportedVerdict verdict, CheckpointResults checkpoint) =>
        checkpoint.Report?.GoldenDifferences is not null && verdict.Expected is { } expected && expected != verdict.Verdict
        ? Markup.Of($"<span class=\"unexpected\">! expected: {VerdictWords.Of(expected)}</span>")
        : Markup.Empty;

    private static Markup Badge(VerdictKind kind, string words) =>
        Markup.Of($"<span class=\"badge {Class(kind)}\"><span aria-hidden=\"true\">{VerdictWords.Symbol(kind)}</span> {words}</span>");
}
