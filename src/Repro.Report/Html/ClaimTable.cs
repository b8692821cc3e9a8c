using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>The numbers of a claim: the paper's beside those of every checkpoint.</summary>
internal static class ClaimTable
{
    /// <summary>The table, or nothing where the claim could not be decided anywhere.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="results">Gives the checkpoints' names.</param>
    public static Markup Of(JudgedClaim claim, Results results)
    {
        (string Name, ReportedVerdict Verdict)[] decided =
        [
            .. results.Checkpoints.Zip(claim.Verdicts, (checkpoint, verdict) => (checkpoint.Name, verdict))
                .Where(c => c.verdict is { Rows.Count: > 0 }).Select(c => (c.Name, c.verdict!)),
        ];
        if (decided.Length == 0)
            return Markup.Empty;
        Bound bound = BoundOf(claim.Stated);
        IntervalStrip strip = new([.. decided.SelectMany(c => c.Verdict.Rows)], bound);
        IEnumerable<Markup> headings = Tables.Cells(["", "paper", .. decided.Length == 1 ? ["measured, with interval"] : decided.Select(c => c.Name), "bound", "drawn"]);
        return Tables.Of($"Numbers of: {claim.Stated.Sentence}", headings, claim.Labels.Select(label =>
        {
            VerdictRow?[] rows = [.. decided.Select(c => c.Verdict.Rows.FirstOrDefault(r => r.Label == label))];
            VerdictRow first = rows.OfType<VerdictRow>().First();
            Bound own = first.OwnBound ?? bound;
            return (IEnumerable<Markup>)
            [
                Tables.Text(label),
                Tables.Text(Numbers.Statistic(first.Paper)),
                .. rows.Select(row => row is null ? Tables.Text("–") : Measured(row)),
                Tables.Text(Numbers.Bound(own)),
                strip.Draw(rows, own),
            ];
        }));
    }

    private static Markup Measured(VerdictRow row) =>
        Markup.Of($"<span title=\"interval that must lie outside to fail: {Numbers.Statistic(row.FailLow)} to {Numbers.Statistic(row.FailHigh)}\">{VerdictMark.Symbol(row.Kind)} {Numbers.Interval(row)}</span>");

    private static Bound BoundOf(ReportedVerdict verdict) => new(verdict.Above ?? double.NegativeInfinity, verdict.Below ?? double.PositiveInfinity);
}
