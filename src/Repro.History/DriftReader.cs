using Microsoft.Data.Sqlite;
using Repro.Harness.Claims;

namespace Repro.History;

/// <summary>Looks for drifts in the tables.</summary>
internal static class DriftReader
{
    /// <summary>Compares a run with the earlier ones of its subject.</summary>
    public static DriftReport Read(SqliteConnection connection, RecordedRun newest)
    {
        long[] earlier = [.. connection.Query("SELECT id FROM run WHERE subject = $subject AND id < $run ORDER BY id DESC", row => row.GetInt64(0), ("$subject", newest.Subject), ("$run", newest.Id))];
        ILookup<long, double> past = Past(connection, newest);
        Measured[] compared = [.. Numbers(connection, newest.Id).Where(n => past.Contains(n.Series))];
        DriftRule rule = new(compared.Length);
        IEnumerable<DriftedNumber> drifted =
            from number in compared
            let values = past[number.Series].ToArray()
            let judged = rule.Judge(number.Value, values, number.Rounding, number.Tolerance)
            where judged is not null
            select new DriftedNumber(number.Experiment, number.Name, number.Value, DriftRule.Median(values), values.Length, judged.Value.Kind, judged.Value.Allowed);
        return new DriftReport(newest, earlier.Length, compared.Length, [.. drifted.OrderByDescending(d => d.Excess)], [.. Changed(connection, newest.Id, earlier)]);
    }

    private static List<Measured> Numbers(SqliteConnection connection, long run) => connection.Query(
        "SELECT s.id, s.experiment, s.name, m.value, m.rounding, m.tolerance FROM measurement m JOIN series s ON s.id = m.series WHERE m.run = $run ORDER BY s.id",
        row => new Measured(row.GetInt64(0), row.GetString(1), row.GetString(2), row.Real(3), row.Real(4), row.Real(5)),
        ("$run", run));

    private static ILookup<long, double> Past(SqliteConnection connection, RecordedRun newest) => connection.Query(
        """
        SELECT series, value FROM (
            SELECT m.series, m.value, ROW_NUMBER() OVER (PARTITION BY m.series ORDER BY m.run DESC) AS age
            FROM run JOIN measurement m ON m.run = run.id WHERE run.subject = $subject AND run.id < $run)
        WHERE age <= $window
        """,
        row => (Series: row.GetInt64(0), Value: row.Real(1)),
        ("$subject", newest.Subject),
        ("$run", newest.Id),
        ("$window", DriftRule.Window)).ToLookup(p => p.Series, p => p.Value);

    // A run may have decided some claims only, so that the verdict before may be of several runs ago.
    private static IEnumerable<DriftedVerdict> Changed(SqliteConnection connection, long newest, long[] earlier)
    {
        Dictionary<string, VerdictKind> open = RunReader.Verdicts(connection, newest);
        foreach (long run in earlier)
        {
            foreach ((string claim, VerdictKind before) in RunReader.Verdicts(connection, run))
            {
                if (open.Remove(claim, out VerdictKind now) && now != before)
                    yield return new DriftedVerdict(claim, before, now, run);
            }

            if (open.Count == 0)
                yield break;
        }
    }

    /// <summary>A number of the newest run.</summary>
    private sealed record Measured(long Series, string Experiment, string Name, double Value, double Rounding, double Tolerance);
}
