using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Repro.Harness.Claims;

namespace Repro.History;

/// <summary>Reads runs from the tables.</summary>
internal static class RunReader
{
    private const string Columns = "run.id, run.recorded, run.checkpoint, run.profile, run.device, run.subject, run.as_expected, run.provenance, run.environment";

    /// <inheritdoc cref="RunHistory.Runs"/>
    public static IReadOnlyList<RecordedRun> Runs(SqliteConnection connection, int last, string? profile)
    {
        List<Stored> stored = connection.Query(
            $"SELECT {Columns} FROM run WHERE $profile IS NULL OR profile = $profile ORDER BY id DESC LIMIT $last", ReadRun, ("$profile", profile), ("$last", last));
        return [.. stored.Select(s => s.With(Counts(connection, s.Id))).Reverse()];
    }

    /// <inheritdoc cref="RunHistory.Claim"/>
    public static IReadOnlyList<RecordedVerdict> Claim(SqliteConnection connection, string claim, int last)
    {
        var stored = connection.Query(
            $"SELECT {Columns}, v.verdict, v.expected, v.reason FROM verdict v JOIN run ON run.id = v.run WHERE v.claim = $claim ORDER BY run.id DESC LIMIT $last",
            row => (Run: ReadRun(row), Verdict: Kind(row.GetString(9)), Expected: row.Text(10) is { } expected ? Kind(expected) : (VerdictKind?)null, Reason: row.GetString(11)),
            ("$claim", claim),
            ("$last", last));
        return
        [
            .. stored.Select(s => new RecordedVerdict(s.Run.With(Counts(connection, s.Run.Id)), s.Verdict, s.Expected, s.Reason, Nearest(connection, s.Run.Id, claim))).Reverse(),
        ];
    }

    /// <summary>The verdicts of a run by claim.</summary>
    public static Dictionary<string, VerdictKind> Verdicts(SqliteConnection connection, long run) =>
        connection.Query("SELECT claim, verdict FROM verdict WHERE run = $run", row => (Claim: row.GetString(0), Verdict: Kind(row.GetString(1))), ("$run", run))
            .ToDictionary(v => v.Claim, v => v.Verdict);

    private static Dictionary<VerdictKind, int> Counts(SqliteConnection connection, long run) =>
        Verdicts(connection, run).Values.CountBy(v => v).OrderBy(c => c.Key).ToDictionary(c => c.Key, c => c.Value);

    private static RecordedRow? Nearest(SqliteConnection connection, long run, string claim) => connection.Query(
        "SELECT label, value, low, high, margin FROM verdict_row WHERE run = $run AND claim = $claim ORDER BY margin, place LIMIT 1",
        row => new RecordedRow(row.GetString(0), row.Real(1), row.Real(2), row.Real(3), row.Real(4)),
        ("$run", run),
        ("$claim", claim)).SingleOrDefault();

    private static Stored ReadRun(SqliteDataReader row) => new(
        row.GetInt64(0),
        DateTimeOffset.Parse(row.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetString(5),
        row.GetInt64(6) != 0,
        Json(row.GetString(7)),
        Json(row.GetString(8)));

    private static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static VerdictKind Kind(string name) => Enum.Parse<VerdictKind>(name);

    /// <summary>A row of the table of runs.</summary>
    private sealed record Stored(
        long Id, DateTimeOffset Recorded, string Checkpoint, string Profile, string DeviceClass, string Subject, bool AsExpected, JsonElement Provenance, JsonElement Environment)
    {
        public RecordedRun With(IReadOnlyDictionary<VerdictKind, int> verdicts) => new(Id, Recorded, Checkpoint, Profile, DeviceClass, Subject, AsExpected, verdicts, Provenance, Environment);
    }
}
