using Repro.Harness.Claims;

namespace Repro.Report.Findings;

/// <summary>Verdicts as words and symbols, so that no page needs colour to be read.</summary>
internal static class VerdictWords
{
    /// <summary>The verdict in one word.</summary>
    public static string Of(VerdictKind kind) => kind switch
    {
        VerdictKind.Holds => "holds",
        VerdictKind.Fails => "fails",
        VerdictKind.Inconclusive => "inconclusive",
        _ => "not applicable",
    };

    /// <summary>What the paper's own numbers say, in a word or two.</summary>
    public static string Of(PaperOutcome paper) => paper.Kind == VerdictKind.NotApplicable ? "no number" : Of(paper.Kind);

    /// <summary>The verdict in one character.</summary>
    public static string Symbol(VerdictKind kind) => kind switch
    {
        VerdictKind.Holds => "✓",
        VerdictKind.Fails => "✗",
        VerdictKind.Inconclusive => "~",
        _ => "–",
    };
}
