using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Repro.History;
using Repro.Report.Model;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>The SQLite file of a history: its bytes changed, or its tables by a statement that this program never gives.</summary>
internal static class HistoryTargets
{
    private const string File = "history.db";

    private static readonly string[] Statements =
    [
        "PRAGMA user_version = 99",
        "PRAGMA user_version = -1",
        "PRAGMA user_version = 1",
        "PRAGMA application_id = 7",
        "UPDATE run SET recorded = 'yesterday'",
        "UPDATE run SET provenance = '{}'",
        "UPDATE run SET provenance = 'null'",
        "UPDATE run SET environment = '[1, 2'",
        "UPDATE run SET subject = ''",
        "UPDATE run SET as_expected = 7",
        "UPDATE verdict SET expected = 'Perhaps'",
        "UPDATE run SET id = 9223372036854775807 WHERE id = 1",
        "DELETE FROM run",
        "UPDATE verdict SET verdict = 'Perhaps'",
        "UPDATE verdict SET verdict = '17'",
        "DELETE FROM verdict",
        "UPDATE verdict_row SET label = char(27, 10)",
        "UPDATE verdict_row SET margin = -1e999",
        "UPDATE measurement SET value = 1e308",
        "UPDATE measurement SET rounding = -1",
        "DELETE FROM series",
        "DROP TABLE verdict_row",
        "ALTER TABLE run ADD COLUMN more TEXT",
        "CREATE TRIGGER often AFTER INSERT ON run BEGIN DELETE FROM run; END",
        "PRAGMA page_size = 512; VACUUM",
    ];

    public static FuzzTarget History()
    {
        byte[] valid = SmallModel.InFolder(folder =>
        {
            string path = Path.Combine(folder, File);
            RunHistory history = new(path);
            Results results = PaperTargets.SomeResults();
            history.Add(results.Verified(), results.Environment, DateTimeOffset.UnixEpoch);
            history.Add(results.Verified(), results.Environment, DateTimeOffset.UnixEpoch);
            return System.IO.File.ReadAllBytes(path);
        });
        return new FuzzTarget("history", File, [valid], Gen.Elements(Statements).Select(statement => Changed(valid, statement)), Read)
        {
            // An older one is brought up to date.
            MayRepair = true,
        };
    }

    private static string? Read(string folder)
    {
        RunHistory history = new(Path.Combine(folder, File));
        try
        {
            _ = history.Runs(10).Count + history.Claim("table-03-top", 10).Count;
            _ = history.Drift().HasDrifted;
            return null;
        }
        catch (IOException e)
        {
            return $"{e.Message}.";
        }
    }

    private static byte[] Changed(byte[] valid, string statement) => SmallModel.InFolder(folder =>
    {
        string path = Path.Combine(folder, File);
        System.IO.File.WriteAllBytes(path, valid);
        using (SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"PRAGMA foreign_keys = OFF; {statement}";
            command.ExecuteNonQuery();
        }

        return System.IO.File.ReadAllBytes(path);
    });
}
