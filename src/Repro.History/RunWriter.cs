using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Reporting;

namespace Repro.History;

/// <summary>Writes a run into the tables.</summary>
internal static class RunWriter
{
    /// <summary>Writes one run.</summary>
    /// <param name="connection">The history, within a transaction.</param>
    /// <param name="name">What the run called the checkpoint.</param>
    /// <param name="report">What it found.</param>
    /// <param name="environment">What it ran on.</param>
    /// <param name="moment">When it ended.</param>
    public static void Write(SqliteConnection connection, string name, VerificationReport report, object environment, DateTimeOffset moment)
    {
        Provenance provenance = report.Provenance;
        connection.Execute(
            """
            INSERT INTO run (recorded, checkpoint, profile, device, subject, as_expected, provenance, environment)
            VALUES ($recorded, $checkpoint, $profile, $device, $subject, $expected, $provenance, $environment)
            """,
            ("$recorded", moment.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            ("$checkpoint", name),
            ("$profile", provenance.Profile),
            ("$device", provenance.DeviceClass),
            ("$subject", SubjectOf(provenance)),
            ("$expected", report.AsExpected ? 1 : 0),
            ("$provenance", HistoryJson.Of(provenance)),
            ("$environment", HistoryJson.Of(environment)));
        long run = connection.Number("SELECT last_insert_rowid()");
        WriteVerdicts(connection, run, report.Verdicts);
        WriteNumbers(connection, run, [.. report.Tables.SelectMany(MeasuredNumber.Of)]);
    }

    // TorchSharp's version and the command are left out: a change of what they bring is what a drift is looked for.
    private static string SubjectOf(Provenance p) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', p.Profile, p.DeviceClass, p.Checkpoint, p.Corpus, p.FurtherCorpus, p.Untrained, string.Join(' ', p.Readings.Select(r => $"{r.Key} {r.Value}")), string.Join('/', p.SampleSizes), p.Seed))));

    private static void WriteVerdicts(SqliteConnection connection, long run, IReadOnlyList<ReportedVerdict> verdicts)
    {
        Insert verdictInto = new(connection, "verdict", "run", "claim", "verdict", "expected", "reason");
        Insert rowInto = new(connection, "verdict_row", "run", "claim", "place", "label", "paper", "value", "low", "high", "margin", "verdict");
        using (verdictInto)
        using (rowInto)
        {
            foreach (ReportedVerdict verdict in verdicts)
            {
                verdictInto.Add(run, verdict.Id, verdict.Verdict.ToString(), verdict.Expected?.ToString(), verdict.Reason);
                foreach ((int place, VerdictRow row) in verdict.Rows.Index())
                    rowInto.Add(run, verdict.Id, place, row.Label, row.Paper, row.Value, row.Low, row.High, row.Margin, row.Kind.ToString());
            }
        }
    }

    private static void WriteNumbers(SqliteConnection connection, long run, IReadOnlyList<MeasuredNumber> numbers)
    {
        Dictionary<(string, string, string), long> known = connection.Query("SELECT experiment, design, name, id FROM series", row => (Key: (row.GetString(0), row.GetString(1), row.GetString(2)), Id: row.GetInt64(3)))
            .ToDictionary(s => s.Key, s => s.Id);
        long next = known.Count == 0 ? 1 : known.Values.Max() + 1;
        using Insert seriesInto = new(connection, "series", "id", "experiment", "design", "name");
        using Insert numberInto = new(connection, "measurement", "run", "series", "value", "rounding", "tolerance");
        foreach (MeasuredNumber number in numbers)
        {
            (string, string, string) key = (number.Experiment, number.Design, number.Name);
            if (!known.TryGetValue(key, out long series))
            {
                series = known[key] = next++;
                seriesInto.Add(series, number.Experiment, number.Design, number.Name);
            }

            numberInto.Add(run, series, number.Value, number.Rounding, number.Tolerance);
        }
    }

    /// <summary>One statement that takes many rows.</summary>
    private sealed class Insert : IDisposable
    {
        private readonly SqliteCommand command;

        public Insert(SqliteConnection connection, string table, params string[] columns)
        {
            command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "$" + c))})";
            foreach (string column in columns)
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + column });
        }

        public void Add(params ReadOnlySpan<object?> values)
        {
            for (int i = 0; i < values.Length; i++)
                command.Parameters[i].Value = SqliteCalls.Parameter(values[i]);
            command.ExecuteNonQuery();
        }

        public void Dispose() => command.Dispose();
    }
}
