using System.Globalization;
using System.Text;
using Repro.Paper.Claims;
using Repro.Paper.Reporting;
using Repro.Paper.Verification;
using Repro.Report.Model;

namespace Repro.Report.Terminal;

/// <summary>An audit as plain text: verdicts of every claim on every checkpoint, what changed, and how far the core regions are the same.</summary>
public static class AuditText
{
    private const int ClaimWidth = 34;
    private const int CellWidth = 9;

    /// <summary>The whole audit.</summary>
    /// <param name="results">Its results.</param>
    public static string Of(Results results)
    {
        StringBuilder text = new();
        for (int i = 0; i < results.Checkpoints.Count; i++)
            Line(text, $"{$"[{i + 1}]",4} {results.Checkpoints[i].Name}{(results.Checkpoints[i].Error is { } error ? $": not verified. {error}" : "")}");
        if (!results.Verified().Any())
            return text.ToString();

        text.Append('\n');
        Matrix(text, results);
        Changes(text, results);
        Overlaps(text, results);
        return text.ToString();
    }

    private static void Matrix(StringBuilder text, Results results)
    {
        Line(text, $"{"claim",-ClaimWidth}{string.Concat(results.Checkpoints.Select((_, i) => $"{$"[{i + 1}]",-CellWidth}"))}");
        foreach (string claim in results.Verified().SelectMany(v => v.Report.Verdicts).Select(v => v.Id).Distinct())
            Line(text, $"{claim,-ClaimWidth}{string.Concat(results.Checkpoints.Select(c => $"{Cell(Verdict(c, claim)?.Verdict),-CellWidth}"))}");
        Line(text, $"{"hold",-ClaimWidth}{string.Concat(results.Checkpoints.Select(c => $"{(c.Report is { } r ? $"{r.Verdicts.Count(v => v.Verdict == VerdictKind.Holds)}/{r.Verdicts.Count}" : "-"),-CellWidth}"))}");
    }

    private static void Changes(StringBuilder text, Results results)
    {
        if (results.Verified().Count() < 2)
            return;
        string first = results.Verified().First().Name;
        Line(text, $"\n{results.Changes.Count} verdicts are others than on {first}");
        foreach (VerdictChange change in results.Changes)
        {
            Line(text, $"  {change.Claim}: {change.From} on {first}, {change.To} on {change.Checkpoint}");
            foreach (string name in new[] { first, change.Checkpoint })
            {
                if (Verdict(results.Checkpoints.Single(c => c.Name == name), change.Claim) is { } verdict && verdict.Rows.MinBy(r => r.Margin) is { } row)
                    Line(text, $"    {name}: {row.Label} {Numbers.Interval(row)}, bound {(row.OwnBound is { } own ? Numbers.Bound(own) : Numbers.Bound(verdict.Above, verdict.Below))}");
            }
        }
    }

    private static void Overlaps(StringBuilder text, Results results)
    {
        if (results.Overlaps.Count == 0)
            return;
        Line(text, $"\nCore regions: share of weights in common (Jaccard), and by chance");
        foreach (RegionOverlap overlap in results.Overlaps)
        {
            string jaccard = overlap.Jaccard is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "the shapes differ";
            Line(text, $"  {Numbers.Percent(overlap.Ratio),4}  {overlap.First} and {overlap.Second}: {jaccard} ({overlap.ByChance:0.000})");
        }
    }

    private static ReportedVerdict? Verdict(CheckpointResults checkpoint, string claim) => checkpoint.Report?.Verdicts.FirstOrDefault(v => v.Id == claim);

    private static string Cell(VerdictKind? verdict) => verdict switch
    {
        null => "-",
        VerdictKind.Inconclusive => "Inconcl.",
        VerdictKind.NotApplicable => "n/a",
        { } decided => decided.ToString(),
    };

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
