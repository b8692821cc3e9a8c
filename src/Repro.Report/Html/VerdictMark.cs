using Repro.Paper.Claims;
using Repro.Paper.Reporting;
using Repro.Report.Findings;

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
    public static Markup Badge(VerdictKind kind) =>
        Markup.Of($"<span class=\"badge {Class(kind)}\"><span aria-hidden=\"true\">{VerdictWords.Symbol(kind)}</span> {VerdictWords.Of(kind)}</span>");

    /// <summary>The symbol, with the word for those who hear the page.</summary>
    public static Markup Symbol(VerdictKind kind) =>
        Markup.Of($"<span class=\"mark {Class(kind)}\" role=\"img\" aria-label=\"{VerdictWords.Of(kind)}\" title=\"{VerdictWords.Of(kind)}\">{VerdictWords.Symbol(kind)}</span>");

    /// <summary>What the profile expects, where that is another verdict.</summary>
    public static Markup Unexpected(ReportedVerdict verdict) => verdict.Expected is { } expected && expected != verdict.Verdict
        ? Markup.Of($"<span class=\"unexpected\">! expected: {VerdictWords.Of(expected)}</span>")
        : Markup.Empty;
}
