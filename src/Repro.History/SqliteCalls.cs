using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Repro.History;

/// <summary>Statements in one line. A number that is none is NULL in a database, which knows no NaN.</summary>
internal static class SqliteCalls
{
    /// <summary>Runs statements that give nothing.</summary>
    public static void Execute(this SqliteConnection connection, string statements, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(connection, statements, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>The whole number that a statement gives.</summary>
    public static long Number(this SqliteConnection connection, string statement, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(connection, statement, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>The rows that a statement gives.</summary>
    public static List<T> Query<T>(this SqliteConnection connection, string statement, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Command(connection, statement, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>A text, or null.</summary>
    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A number; NULL is NaN.</summary>
    public static double Real(this SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    /// <summary>A value as a parameter takes it.</summary>
    public static object Parameter(object? value) => value is null or double.NaN ? DBNull.Value : value;

    private static SqliteCommand Command(SqliteConnection connection, string statement, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, Parameter(value));
        return command;
    }
}
