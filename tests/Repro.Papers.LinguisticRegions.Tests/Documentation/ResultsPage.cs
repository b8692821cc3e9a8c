using System.Globalization;
using System.Text;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Papers;
using Repro.Harness.Reporting;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Documentation;

/// <summary>What the goldens of the tiny profile say, as the tables of <c>docs/results.md</c> and of the README.</summary>
internal static class ResultsPage
{
    private static readonly GoldenFolder Goldens = new(Project.Goldens, GoldenFolder.Names(Tested.Paper, PaperProfiles.Tiny));

    /// <summary>Verdicts counted by table; further tables count as one.</summary>
    public static string Summary()
    {
        StringBuilder text = new("| of the paper | claims | hold | fail | inconclusive |\n|---|---|---|---|---|\n");
        foreach (IGrouping<string, PaperTable> group in Tested.Tables.GroupBy(t => t.IsThorough ? "with `--thorough`: controls, beyond the paper" : t.Name).OrderBy(g => g.First().IsThorough))
        {
            VerdictKind[] verdicts = [.. group.SelectMany(t => t.Claims).Select(c => Golden(c).Verdict)];
            int Count(VerdictKind kind) => verdicts.Count(v => v == kind);
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {verdicts.Length} | {Count(VerdictKind.Holds)} | {Count(VerdictKind.Fails)} | {Count(VerdictKind.Inconclusive)} |\n");
        }

        return text.ToString();
    }

    /// <summary>Every claim with its verdict, what the paper's own numbers say, and the row that lies nearest to the bound or farthest outside.</summary>
    public static string Page()
    {
        StringBuilder text = new();
        foreach (PaperTable table in Tested.Tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {table.Name}: {table.Title}\n\n`verify --claims {table.Id}`\n\n| claim | verdict | on the paper's numbers | least margin: row, estimate, interval | bound |\n|---|---|---|---|---|\n");
            foreach (Claim claim in table.Claims)
            {
                ClaimSnapshot golden = Golden(claim);
                string paper = golden.Paper.Split(':')[0];
                text.Append(CultureInfo.InvariantCulture, $"| {claim.Sentence} | {golden.Verdict} | {(golden.Paper.Contains(':', StringComparison.Ordinal) ? paper : "-")} | {Least(golden, claim.Bound)} | {golden.Bound} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>What <c>verify --claims</c> prints of a table.</summary>
    /// <param name="table">The table's id.</param>
    public static string Sample(string table)
    {
        Verdict[] verdicts = [.. Tested.Tables.Single(t => t.Id == table).Claims.Select(Stored)];
        return $"```\n{string.Concat(verdicts.Select(v => VerdictText.Short(v, v.Kind)))}{VerdictText.Summary(verdicts)}\n```\n";
    }

    private static Verdict Stored(Claim claim)
    {
        ClaimSnapshot golden = Golden(claim);
        VerdictRow[] rows = [.. golden.Rows.Select(r => new VerdictRow(r.Label, r.Paper, r.Estimate, r.Low, r.High, Margin(r, claim.Bound), r.Verdict))];
        (VerdictKind kind, string reason) = ClaimEvaluator.Summarise(rows, [], claim.AnyRow);
        return new Verdict(claim, kind, reason, 0, rows, []);
    }

    private static double Margin(SnapshotRow row, Bound bound) => Math.Min(row.Low - bound.Low, bound.High - row.High);

    private static ClaimSnapshot Golden(Claim claim) => Goldens.ReadClaim(claim.Id) ?? throw new InvalidOperationException($"{claim.Id} has no golden.");

    private static string Least(ClaimSnapshot golden, Bound bound)
    {
        IEnumerable<SnapshotRow> rows = golden.Rows.Where(r => double.IsFinite(r.Estimate) && (golden.Verdict != VerdictKind.Fails || r.Verdict == VerdictKind.Fails));
        SnapshotRow? row = VerdictRow.Deciding(rows, r => Margin(r, bound), golden.AnyRow);
        return row is null ? "no number" : string.Create(CultureInfo.InvariantCulture, $"{row.Label}: {row.Estimate:0.000} [{row.Low:0.000}, {row.High:0.000}]");
    }
}
