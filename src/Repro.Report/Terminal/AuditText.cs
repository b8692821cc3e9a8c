using System.Globalization;
using System.Text;
using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Harness.Verification;
using Repro.Report.Model;
using Repro.Terminal;

namespace Repro.Report.Terminal;

/// <summary>An audit as plain text: verdicts of every claim on every checkpoint, what changed, and how far the core regions are the same.</summary>
public static class AuditText
{
    // So many fit beside the longest claim.
    private const int CheckpointsPerTable = 3;

    /// <summary>The whole audit.</summary>
    /// <param name="results">Its results.</param>
    public static string Of(Results results)
    {
        StringBuilder text = new(Checkpoints(results).ToString());
        if (!results.Verified().Any())
            return text.ToString();

        foreach (int[] several in Enumerable.Range(0, results.Checkpoints.Count).Chunk(CheckpointsPerTable))
            text.Append('\n').Append(Matrix(results, several));
        if (results.Verified().Count() > 1)
            text.Append(CultureInfo.InvariantCulture, $"\n{results.Changes.Count} verdicts are others than on {results.Verified().First().Name}\n");
        if (results.Changes.Count > 0)
            text.Append('\n').Append(Changes(results));
        if (results.Overlaps.Count > 0)
            text.Append("\nCore regions: share of weights in common (Jaccard), and by chance\n\n").Append(Overlaps(results));
        return text.ToString();
    }

    private static TerminalTable Checkpoints(Results results)
    {
        TerminalTable table = new(Column.Number(""), Column.Text(""));
        for (int i = 0; i < results.Checkpoints.Count; i++)
            table.Add(Mark(i), results.Checkpoints[i].Name + (results.Checkpoints[i].Error is { } error ? $": not verified. {error}" : ""));
        return table;
    }

    private static TerminalTable Matrix(Results results, int[] several)
    {
        TerminalTable table = new([Column.Word("claim"), Column.Word("paper"), .. several.Select(i => Column.Word(Mark(i)))]);
        CheckpointResults[] checkpoints = [.. several.Select(i => results.Checkpoints[i])];
        ReportedVerdict[] claims = [.. results.Verified().SelectMany(v => v.Report.Verdicts).DistinctBy(v => v.Id)];
        foreach (ReportedVerdict claim in claims)
            table.Add([claim.Id, Cell(claim.Paper.Kind), .. checkpoints.Select(c => Cell(Verdict(c, claim.Id)?.Verdict))]);
        return table.Add(["hold", Holding(claims.Select(c => c.Paper.Kind)), .. checkpoints.Select(c => c.Report is { } r ? Holding(r.Verdicts.Select(v => v.Verdict)) : "-")]);
    }

    private static string Holding(IEnumerable<VerdictKind> verdicts) => $"{verdicts.Count(v => v == VerdictKind.Holds)}/{verdicts.Count()}";

    private static TerminalTable Changes(Results results)
    {
        TerminalTable table = new(Column.Word("claim"), Column.Word("on"), Column.Word("verdict"), Column.Text("row nearest to its bound"));
        string[] names = [.. results.Checkpoints.Select(c => c.Name)];
        int first = Array.IndexOf(names, results.Verified().First().Name);
        foreach (VerdictChange change in results.Changes)
        {
            int changed = Array.IndexOf(names, change.Checkpoint);
            table.Add(change.Claim, Mark(first), Cell(change.From), Nearest(results.Checkpoints[first], change.Claim));
            table.Add("", Mark(changed), Cell(change.To), Nearest(results.Checkpoints[changed], change.Claim));
        }

        return table;
    }

    private static TerminalTable Overlaps(Results results)
    {
        TerminalTable table = new(Column.Number("size"), Column.Text("checkpoints"), Column.Number("in common"), Column.Number("by chance"));
        foreach (RegionOverlap overlap in results.Overlaps)
        {
            string jaccard = overlap.Jaccard is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "the shapes differ";
            table.Add(Numbers.Percent(overlap.Ratio), $"{overlap.First} and {overlap.Second}", jaccard, overlap.ByChance.ToString("0.000", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static string Nearest(CheckpointResults checkpoint, string claim) => Verdict(checkpoint, claim) is { } verdict && VerdictRow.Deciding(verdict.Rows, verdict.AnyRow) is { } row
        ? $"{row.Label} {Numbers.Interval(row)}, bound {(row.OwnBound is { } own ? Numbers.Bound(own) : Numbers.Bound(verdict.Above, verdict.Below))}"
        : "";

    private static ReportedVerdict? Verdict(CheckpointResults checkpoint, string claim) => checkpoint.Report?.Verdicts.FirstOrDefault(v => v.Id == claim);

    private static string Mark(int checkpoint) => string.Create(CultureInfo.InvariantCulture, $"[{checkpoint + 1}]");

    private static string Cell(VerdictKind? verdict) => verdict switch
    {
        null => "-",
        VerdictKind.Inconclusive => "Inconcl.",
        VerdictKind.NotApplicable => "n/a",
        { } decided => decided.ToString(),
    };
}
