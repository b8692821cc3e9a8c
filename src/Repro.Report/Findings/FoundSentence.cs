using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Report.Model;

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
        bool isRefuted = !verdict.AnyRow && verdict.Rows.Any(r => r.Kind == VerdictKind.Fails);
        VerdictRow nearest = VerdictRow.Deciding(verdict.Rows.Where(r => !isRefuted || r.Kind == VerdictKind.Fails), verdict.AnyRow)!;
        string statistic = Sentence(verdict.Statistic).TrimEnd('.');
        string needed = nearest.OwnBound is { } own ? Numbers.BoundWords(own) : Numbers.BoundWords(verdict.Above, verdict.Below);
        string measured = $"{Numbers.Interval(nearest)}{Numbers.InPaper(nearest.Paper)}";
        if (verdict.Rows.Count == 1)
            return $"{statistic}: {needed} is needed, measured {measured}.";
        if (verdict.AnyRow)
            return $"{statistic}: {needed} in one of {verdict.Rows.Count} rows is enough; farthest inside is {nearest.Label} with {measured}.";
        int failing = verdict.Rows.Count(r => r.Kind == VerdictKind.Fails);
        int open = verdict.Rows.Count(r => r.Kind == VerdictKind.Inconclusive);
        int holding = verdict.Rows.Count - failing - open;
        string counts = (failing, open) switch
        {
            (0, 0) => $"in all {holding} rows",
            (0, _) => $"in {holding} of {verdict.Rows.Count} rows, undecided in {open}",
            (_, 0) => $"in {holding} of {verdict.Rows.Count} rows, not in {failing}",
            _ => $"in {holding} of {verdict.Rows.Count} rows, not in {failing}, undecided in {open}",
        };
        return $"{statistic}: {needed} {counts}; {(failing + open == 0 ? "closest to the bound" : "furthest off")} is {nearest.Label} with {measured}.";
    }

    /// <summary>The sentence for the paper's own numbers.</summary>
    public static string Of(PaperOutcome paper) => paper.Kind == VerdictKind.NotApplicable ? "The paper prints no number." : Sentence(paper.Detail);

    /// <summary>How the checkpoints stand, where there are several: their verdicts, and the row nearest to the bound on the first of them.</summary>
    public static string Across(JudgedClaim claim)
    {
        ReportedVerdict[] verdicts = [.. claim.Verdicts.OfType<ReportedVerdict>()];
        IGrouping<VerdictKind, ReportedVerdict>[] kinds = [.. verdicts.GroupBy(v => v.Verdict).OrderBy(g => g.Key)];
        string counts = kinds.Length == 1 ? $"{VerdictWords.Of(kinds[0].Key)} on {(verdicts.Length == 1 ? "the only one" : $"all {verdicts.Length}")}" : string.Join(", ", kinds.Select(g => $"{VerdictWords.Of(g.Key)} on {g.Count()}"));
        if (VerdictRow.Deciding(claim.Stated.Rows, claim.Stated.AnyRow) is not { } row)
            return Sentence(counts);
        string[] values = [.. verdicts.Select(v => v.Rows.FirstOrDefault(r => r.Label == row.Label)).OfType<VerdictRow>().Select(r => Numbers.Statistic(r.Value))];
        return $"{Sentence(counts)} {Sentence(claim.Stated.Statistic).TrimEnd('.')}, {row.Label}: {Series(values)}{Numbers.InPaper(row.Paper)}.";
    }

    /// <summary>Names as a sentence lists them.</summary>
    internal static string Series(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";
}
