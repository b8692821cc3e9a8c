using Microsoft.Data.Sqlite;
using Repro.Engine.Files;

namespace Repro.Report.History;

/// <summary>
/// Opens the SQLite file of a history. It keeps SQLite's own rollback journal, which also works on the network folders of a cluster, where a
/// write-ahead log does not: a writer holds the file for a fraction of a second, and the others wait for it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="wait">How long to wait for another process that writes.</param>
internal sealed class HistoryFile(string path, TimeSpan wait)
{
    // Nothing that this program writes is larger; a damaged file may ask for a gigabyte.
    private const int LargestValue = 16 << 20;
    private const int LimitLength = 0;

    /// <summary>Adds to the file, all or nothing; makes it where it is missing.</summary>
    /// <param name="write">Writes, within a transaction.</param>
    /// <exception cref="InputException">The file is newer, damaged, or something else's.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(Action<SqliteConnection> write) => Explained(() =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using SqliteConnection connection = Open(SqliteOpenMode.ReadWriteCreate);
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        HistorySchema.Prepare(connection);
        write(connection);
        transaction.Commit();
        return 0;
    });

    /// <summary>Reads one state of the file, which is brought up to date first.</summary>
    /// <param name="read">Reads.</param>
    /// <exception cref="InputException">There is no file, or it is newer, damaged, or something else's.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> read) => Explained(() =>
    {
        if (!File.Exists(path))
            throw new InputException($"There is no history in {path}; 'repro verify' begins one, or name another with --history.");
        using SqliteConnection connection = Open(SqliteOpenMode.ReadWrite);
        bool isOld = HistorySchema.Check(connection) < HistorySchema.Current;
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: !isOld);
        HistorySchema.Prepare(connection);
        T result = read(connection);
        transaction.Commit();
        return result;
    });

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        if (Directory.Exists(path))
            throw new InputException($"{path} is a folder; name a file with --history.");
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(wait.TotalSeconds),
        }.ConnectionString);
        connection.Open();
        _ = SQLitePCL.raw.sqlite3_limit(connection.Handle, LimitLength, LargestValue);
        connection.Execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
        return connection;
    }

    private T Explained<T>(Func<T> use)
    {
        const int Corrupt = 11;
        const int NotADatabase = 26;
        try
        {
            return use();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw Damaged(e);
        }
        catch (SqliteException e)
        {
            throw new IOException($"{path} can't be used: {Reason(e)}", e);
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException or InvalidCastException or InvalidOperationException or ArgumentException)
        {
            throw Damaged(e);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new IOException($"{path} can't be used: SQLite's native library can't be loaded ({(e.InnerException ?? e).Message.ReplaceLineEndings(" ")})", e);
        }
    }

    private InputException Damaged(Exception e) =>
        new($"{path} is no history or is damaged ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); move it away, or name another file with --history.", e);

    private static string Reason(SqliteException e) => e.SqliteErrorCode switch
    {
        3 or 8 => "it or its folder is read-only",
        5 or 6 => "another process keeps it locked",
        13 => "its disk is full",
        14 => "it can't be opened; its folder may be read-only",
        _ => e.Message.ReplaceLineEndings(" ").TrimEnd('.'),
    };
}
