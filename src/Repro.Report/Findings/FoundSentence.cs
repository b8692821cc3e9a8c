using Repro.Paper.Claims;
using Repro.Paper.Reporting;

namespace Repro.Report.Findings;

/// <summary>What was found of a claim, in one sentence.</summary>
internal static class FoundSentence
{
    /// <summary>The sentence for one checkpoint.</summary>
    public static string Of(ReportedVerdict verdict)
    {
        if (verdict.Rows.Count == 0)
            return Sentence(verdict.Reason);
        if (verdict.Verdict == VerdictKind.Inconclusive && verdict.Rows.All(r => r.Kind == VerdictKind.Holds))
            return Sentence(verdict.Reason);
        VerdictRow nearest = verdict.Rows.MinBy(r => r.Margin)!;
        string row = $"{nearest.Label} with {Numbers.Interval(nearest)}{(nearest.Paper is null ? "" : $", in the paper {Numbers.Statistic(nearest.Paper)}")}";
        string bound = Asked(verdict, nearest);
        if (verdict.Rows.Count == 1)
            return $"{Word(nearest.Kind)} ({bound}): {row}.";
        int failing = verdict.Rows.Count(r => r.Kind == VerdictKind.Fails);
        int open = verdict.Rows.Count(r => r.Kind == VerdictKind.Inconclusive);
        return (failing, open) switch
        {
            (0, 0) => $"All {verdict.Rows.Count} numbers are as asked ({bound}); nearest to the bound is {row}.",
            (0, _) => $"{open} of {verdict.Rows.Count} intervals reach across the bound ({bound}); furthest does {row}.",
            (_, 0) => $"{failing} of {verdict.Rows.Count} numbers are not as asked ({bound}); furthest off is {row}.",
            _ => $"{failing} of {verdict.Rows.Count} numbers are not as asked ({bound}) and {open} more reach across the bound; furthest off is {row}.",
        };
    }

    /// <summary>How the checkpoints stand, where there are several.</summary>
    public static string Across(JudgedClaim claim, Results results)
    {
        IEnumerable<string> kinds = claim.Verdicts
            .Zip(results.Checkpoints, (verdict, checkpoint) => (verdict, checkpoint.Name))
            .Where(c => c.verdict is not null)
            .GroupBy(c => c.verdict!.Verdict, c => c.Name)
            .OrderBy(g => g.Key)
            .Select(g => $"{VerdictWords.Of(g.Key)} on {Series([.. g])}");
        return Sentence(string.Join("; ", kinds));
    }

    /// <summary>Names as a sentence lists them.</summary>
    internal static string Series(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private static string Word(VerdictKind kind) => kind switch
    {
        VerdictKind.Holds => "As asked",
        VerdictKind.Fails => "Not as asked",
        _ => "The interval reaches across the bound",
    };

    private static string Asked(ReportedVerdict verdict, VerdictRow row) => row.OwnBound is { } own ? Numbers.Bound(own) : Numbers.Bound(verdict.Above, verdict.Below);

    private static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";
}
