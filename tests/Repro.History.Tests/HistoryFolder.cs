using Microsoft.Data.Sqlite;

namespace Repro.History.Tests;

/// <summary>A folder with a history in it, which goes with the test.</summary>
internal sealed class HistoryFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("repro-history-").FullName;

    public string Path => System.IO.Path.Combine(folder, "history.db");

    public string Other => System.IO.Path.Combine(folder, "other.db");

    /// <summary>The file beside the program that reads histories: plain SQLite.</summary>
    public SqliteConnection Open()
    {
        SqliteConnection connection = new($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
