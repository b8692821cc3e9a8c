using System.Globalization;
using System.Text;
using Repro.Harness.Claims;
using Repro.Terminal;

namespace Repro.History;

/// <summary>A history as plain text, at most 80 columns wide.</summary>
public static class HistoryText
{
    private const int MostDrifts = 20;
    private const int CommitDigits = 7;

    /// <summary>A line for each run.</summary>
    public static string Of(IReadOnlyList<RecordedRun> runs)
    {
        if (runs.Count == 0)
            return "No run is recorded.\n";
        TerminalTable table = new(
            Column.Number("run"), Column.Word("date (UTC)"), Column.Name("profile", 10), Column.Name("checkpoint", 10), Column.Name("device", 13), Column.Word("commit"), Column.Word("H/F/I/N"), Column.Word(""))
        {
            Gap = 1,
        };
        foreach (RecordedRun run in runs)
        {
            string counts = string.Join('/', Enum.GetValues<VerdictKind>().Select(k => run.Verdicts.GetValueOrDefault(k)));
            table.Add(Id(run), Date(run), run.Profile, run.Checkpoint, run.DeviceClass, run.Commit?[..Math.Min(CommitDigits, run.Commit.Length)] ?? "-", counts, run.AsExpected ? "✓" : "✗");
        }

        return $"{table}H holds, F fails, I inconclusive, N not applicable; ✓ as expected, ✗ not.\n";
    }

    /// <summary>A claim's verdict and nearest row in each run, with a heading for each profile, checkpoint and device class.</summary>
    public static string Of(string claim, IReadOnlyList<RecordedVerdict> verdicts)
    {
        StringBuilder text = new($"{claim}: the row nearest to its bound, with its interval\n");
        foreach (IGrouping<string, RecordedVerdict> subject in verdicts.GroupBy(v => v.Run.Subject))
        {
            RecordedRun first = subject.First().Run;
            text.Append('\n').Append(new TerminalTable(Column.Text("")).Add($"{first.Profile}, checkpoint {first.Checkpoint}, {first.DeviceClass}"));
            TerminalTable table = new(Column.Number(""), Column.Word(""), Column.Word("", width: 1), Column.Word(""), Column.Text(""));
            foreach (RecordedVerdict v in subject)
            {
                string mark = v.Expected is null ? "" : v.Expected == v.Verdict ? "✓" : "✗";
                string row = v.Nearest is { } r ? string.Create(CultureInfo.InvariantCulture, $"{r.Value:G4}\u00A0[{r.Low:G4},\u00A0{r.High:G4}] {r.Label}") : "";
                table.Add(Id(v.Run), Date(v.Run), mark, v.Verdict.ToString(), row);
            }

            text.Append(table);
        }

        return text.ToString();
    }

    /// <summary>What drifted, the farthest first, and what it was compared with.</summary>
    public static string Of(DriftReport report)
    {
        StringBuilder text = new();
        RecordedRun run = report.Run;
        Say(text, $"run {run.Id} ({Date(run)}, {run.Profile}, {run.DeviceClass}) beside {report.Earlier} earlier {(report.Earlier == 1 ? "run" : "runs")}");
        if (report.Verdicts.Count > 0)
            text.Append('\n').Append(Table(report.Verdicts));
        if (report.Numbers.Count > 0)
            text.Append('\n').Append(Table(report.Numbers.Take(MostDrifts)));
        if (report.Numbers.Count > MostDrifts)
            Say(text, $"and {report.Numbers.Count - MostDrifts} more; --json has all");
        if (report.HasDrifted)
            text.Append('\n');
        Say(text, $"{report.Numbers.Count} of {report.Compared} numbers drifted, {report.Verdicts.Count} verdicts changed.");
        if (report.Earlier < DriftRule.LeastPast)
            Say(text, $"Noise is judged from {DriftRule.LeastPast} earlier runs on; until then the tolerances alone count.");
        return text.ToString();
    }

    private static TerminalTable Table(IEnumerable<DriftedVerdict> verdicts)
    {
        TerminalTable table = new(Column.Word("changed"), Column.Word("before"), Column.Number("in run"), Column.Word("now"));
        foreach (DriftedVerdict verdict in verdicts)
            table.Add(verdict.Claim, verdict.From.ToString(), verdict.Before.ToString(CultureInfo.InvariantCulture), verdict.To.ToString());
        return table;
    }

    private static TerminalTable Table(IEnumerable<DriftedNumber> numbers)
    {
        TerminalTable table = new(Column.Text("drifted"), Column.Number("now"), Column.Number("median"), Column.Number("of runs"), Column.Number("times its"), Column.Word(""));
        foreach (DriftedNumber n in numbers)
        {
            table.Add(
                $"{n.Experiment}: {n.Name}", Number(n.Value, "G7"), Number(n.Middle, "G7"), n.Past.ToString(CultureInfo.InvariantCulture), Number(n.Excess, "G2"), n.Kind == DriftKind.BeyondTolerance ? "tolerance" : "noise");
        }

        return table;
    }

    private static string Id(RecordedRun run) => run.Id.ToString(CultureInfo.InvariantCulture);

    private static string Date(RecordedRun run) => run.Recorded.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Say(StringBuilder text, FormattableString sentence) => text.Append(new TerminalTable(Column.Text("")).Add(sentence.ToString(CultureInfo.InvariantCulture)));
}
