using System.Globalization;
using System.Text;
using Repro.Paper.Claims;

namespace Repro.History;

/// <summary>A history as plain text, at most 80 columns wide.</summary>
public static class HistoryText
{
    private const int Width = 80;
    private const int MostDrifts = 20;

    /// <summary>A line for each run.</summary>
    public static string Of(IReadOnlyList<RecordedRun> runs)
    {
        StringBuilder text = new();
        Line(text, $"{"run",4} {"date (UTC)",-16} {"profile",-10} {"checkpoint",-10} {"device",-13} {"commit",-7} {"H/F/I/N",-10}");
        foreach (RecordedRun run in runs)
        {
            string counts = string.Join('/', Enum.GetValues<VerdictKind>().Select(k => run.Verdicts.GetValueOrDefault(k)));
            Line(text, $"{run.Id,4} {Date(run)} {Cut(run.Profile, 10),-10} {Cut(run.Checkpoint, 10),-10} {Cut(run.DeviceClass, 13),-13} {Commit(run),-7} {counts,-10} {(run.AsExpected ? '✓' : '✗')}");
        }

        Line(text, $"{(runs.Count == 0 ? "No run is recorded." : "H holds, F fails, I inconclusive, N not applicable; ✓ as expected, ✗ not.")}");
        return text.ToString();
    }

    /// <summary>A claim's verdict and nearest row in each run, with a heading for each profile, checkpoint and device class.</summary>
    public static string Of(string claim, IReadOnlyList<RecordedVerdict> verdicts)
    {
        StringBuilder text = new();
        Line(text, $"{claim}: the row nearest to its bound, with its interval");
        foreach (IGrouping<string, RecordedVerdict> subject in verdicts.GroupBy(v => v.Run.Subject))
        {
            RecordedRun first = subject.First().Run;
            Line(text, $"{Cut($"{first.Profile}, checkpoint {first.Checkpoint}, {first.DeviceClass}", Width)}");
            foreach (RecordedVerdict v in subject)
            {
                string mark = v.Expected is null ? " " : v.Expected == v.Verdict ? "✓" : "✗";
                string row = v.Nearest is { } r ? string.Create(CultureInfo.InvariantCulture, $"{r.Value:G4} [{r.Low:G4}, {r.High:G4}] {r.Label}") : "";
                Line(text, $"{Cut(string.Create(CultureInfo.InvariantCulture, $"{v.Run.Id,4} {Date(v.Run)} {mark} {v.Verdict,-13} {row}"), Width)}");
            }
        }

        return text.ToString();
    }

    /// <summary>What drifted, the farthest first, and what it was compared with.</summary>
    public static string Of(DriftReport report)
    {
        StringBuilder text = new();
        RecordedRun run = report.Run;
        Line(text, $"run {run.Id} ({Date(run)}, {Cut($"{run.Profile}, {run.DeviceClass}", 24)}) beside {report.Earlier} earlier {(report.Earlier == 1 ? "run" : "runs")}");
        foreach (DriftedVerdict verdict in report.Verdicts)
            Line(text, $"✗ {Cut(verdict.Claim, 36)}: {verdict.From} in run {verdict.Before}, {verdict.To} now");
        foreach (DriftedNumber number in report.Numbers.Take(MostDrifts))
        {
            Line(text, $"✗ {Cut($"{number.Experiment}: {number.Name}", Width - 2)}");
            Line(text, $"    {number.Value:G7} now, {number.Middle:G7} in {number.Past} earlier; {number.Excess:G2} times {(number.Kind == DriftKind.BeyondTolerance ? "its tolerance" : "its noise")}");
        }

        if (report.Numbers.Count > MostDrifts)
            Line(text, $"  and {report.Numbers.Count - MostDrifts} more; --json has all");
        Line(text, $"{report.Numbers.Count} of {report.Compared} numbers drifted, {report.Verdicts.Count} verdicts changed.");
        if (report.Earlier < DriftRule.LeastPast)
            Line(text, $"Noise is judged from {DriftRule.LeastPast} earlier runs on; until then the tolerances alone count.");
        return text.ToString();
    }

    private static string Date(RecordedRun run) => run.Recorded.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Commit(RecordedRun run) => run.Commit is { } commit ? commit[..Math.Min(7, commit.Length)] : "-";

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
