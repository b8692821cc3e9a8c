using Microsoft.Data.Sqlite;
using Repro.Engine.Files;

namespace Repro.Report.History;

/// <summary>The tables of a history, in the steps by which they came about: an older file is brought up to date by the steps it lacks.</summary>
internal static class HistorySchema
{
    // "Rpro", so that another program's database is not taken for a history.
    private const int ApplicationId = 0x5270726f;

    private static readonly string[] Steps =
    [
        // 1: what each run decided.
        """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT, recorded TEXT NOT NULL, checkpoint TEXT NOT NULL, profile TEXT NOT NULL, device TEXT NOT NULL,
            subject TEXT NOT NULL, as_expected INTEGER NOT NULL, provenance TEXT NOT NULL, environment TEXT NOT NULL) STRICT;
        CREATE TABLE verdict (
            run INTEGER NOT NULL, claim TEXT NOT NULL, verdict TEXT NOT NULL, expected TEXT, reason TEXT NOT NULL,
            PRIMARY KEY (run, claim)) STRICT, WITHOUT ROWID;
        CREATE TABLE verdict_row (
            run INTEGER NOT NULL, claim TEXT NOT NULL, place INTEGER NOT NULL, label TEXT NOT NULL,
            paper REAL, value REAL, low REAL, high REAL, margin REAL, verdict TEXT NOT NULL,
            PRIMARY KEY (run, claim, place)) STRICT, WITHOUT ROWID;
        """,

        // 2: what each run measured, so that a drift is seen before it changes a verdict.
        """
        CREATE TABLE series (
            id INTEGER PRIMARY KEY, experiment TEXT NOT NULL, design TEXT NOT NULL, name TEXT NOT NULL,
            UNIQUE (experiment, design, name)) STRICT;
        CREATE TABLE measurement (
            run INTEGER NOT NULL, series INTEGER NOT NULL, value REAL, rounding REAL NOT NULL, tolerance REAL NOT NULL,
            PRIMARY KEY (run, series)) STRICT, WITHOUT ROWID;
        """,
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Current => Steps.Length;

    /// <summary>Makes sure that an open file has the current tables: fills an empty one, brings an older one up to date.</summary>
    /// <param name="connection">The file, within a transaction that may write.</param>
    /// <exception cref="InputException">It is newer, damaged, or something else's.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        int version = Check(connection);
        if (version == Current)
            return;
        Apply(connection, version, Current);
    }

    /// <summary>Checks whose file it is.</summary>
    /// <returns>The version it has: 0 for an empty one.</returns>
    /// <exception cref="InputException">It is newer, damaged, or something else's.</exception>
    public static int Check(SqliteConnection connection)
    {
        long application = connection.Number("PRAGMA application_id");
        long version = connection.Number("PRAGMA user_version");
        string path = connection.DataSource;
        if (application != ApplicationId && (application != 0 || version != 0 || Tables(connection).Length > 0))
            throw new InputException($"{path} is a database, but no history of this program's; name another file with --history.");
        if (version > Current)
            throw new InputException($"{path} was written by a newer version of this program (schema {version}; this one reads up to {Current}); update the program, or name another file with --history.");

        // A table of another form may hold anything, a query that never ends too.
        if (version < 0 || Tables(connection) != TablesOf((int)version))
            throw new InputException($"{path} was changed or is damaged: its tables are not those of schema {version}; move it away, or name another file with --history.");
        return (int)version;
    }

    /// <summary>Applies the steps from one version to another.</summary>
    internal static void Apply(SqliteConnection connection, int from, int to)
    {
        foreach (string step in Steps[from..to])
            connection.Execute(step);
        connection.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {to}");
    }

    private static string TablesOf(int version)
    {
        using SqliteConnection memory = new("Data Source=:memory:");
        memory.Open();
        Apply(memory, 0, version);
        return Tables(memory);
    }

    private static string Tables(SqliteConnection connection) =>
        string.Join('\n', connection.Query("SELECT type, name, sql FROM sqlite_schema ORDER BY name", row => $"{row.GetString(0)} {row.GetString(1)} {row.Text(2)}"));
}
