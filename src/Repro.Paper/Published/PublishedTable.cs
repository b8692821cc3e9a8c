using Repro.Engine.Files;

namespace Repro.Paper.Published;

/// <summary>A column of a published table.</summary>
public sealed record PublishedColumn
{
    /// <summary>Its name, unique in the table, for example <c>7B.3%.100K.Top</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The model, where the column names one.</summary>
    public string? Model { get; init; }

    /// <summary>Share of weights removed.</summary>
    public double? Ratio { get; init; }

    /// <summary>10K or 100K.</summary>
    public string? Samples { get; init; }

    /// <summary>Base, Top, Middle, Bottom or Random.</summary>
    public string? Region { get; init; }

    /// <summary>Language of a monolingual region.</summary>
    public string? RegionLanguage { get; init; }

    /// <summary>Removal and freezing (Tables 2 and 6).</summary>
    public string? Treatment { get; init; }
}

/// <summary>A row of a published table.</summary>
/// <param name="Key">What identifies it, in the order of <see cref="PublishedTable.RowKeys"/>.</param>
/// <param name="Values">Numbers as printed, trailing zeros included, in the order of the columns; null where the paper prints none.</param>
public sealed record PublishedRow(IReadOnlyList<string> Key, IReadOnlyList<decimal?> Values);

/// <summary>A place where the scan differs from what another table proves.</summary>
/// <param name="Row">The row's key.</param>
/// <param name="Column">The column, or <c>key</c>.</param>
/// <param name="Scan">What the scan shows.</param>
/// <param name="Value">What is stored.</param>
/// <param name="Proof">What proves it.</param>
public sealed record PublishedCorrection(IReadOnlyList<string> Row, string Column, string Scan, string Value, string Proof);

/// <summary>One table of the paper as printed.</summary>
public sealed record PublishedTable
{
    /// <summary>Its number.</summary>
    public required int Table { get; init; }

    /// <summary>What it shows.</summary>
    public required string Caption { get; init; }

    /// <summary>What its numbers are.</summary>
    public required string Unit { get; init; }

    /// <summary>Names of the key's parts.</summary>
    public required IReadOnlyList<string> RowKeys { get; init; }

    /// <summary>Its columns in the paper's order.</summary>
    public required IReadOnlyList<PublishedColumn> Columns { get; init; }

    /// <summary>Its rows in the paper's order.</summary>
    public required IReadOnlyList<PublishedRow> Rows { get; init; }

    /// <summary>Languages that the paper's own caption calls gray-filled; null where it names none.</summary>
    public IReadOnlyList<string>? Highlighted { get; init; }

    /// <summary>Corrections of the scan.</summary>
    public IReadOnlyList<PublishedCorrection> Corrections { get; init; } = [];

    /// <summary>Reads a table.</summary>
    /// <param name="folder">Folder of the published goldens.</param>
    /// <param name="number">The table's number.</param>
    /// <exception cref="InputException">The file is missing or malformed.</exception>
    public static PublishedTable Load(string folder, int number)
    {
        string path = Path.Combine(folder, $"table-{number:D2}.json");
        PublishedTable table = PublishedFile.Read<PublishedTable>(path);
        return table.Rows.FirstOrDefault(r => r.Key.Count != table.RowKeys.Count || r.Values.Count != table.Columns.Count) is { } uneven
            ? throw new InputException($"{path}: the row {string.Join(" / ", uneven.Key)} has {uneven.Values.Count} values for {table.Columns.Count} columns.")
            : table;
    }

    /// <summary>The value of a row under the only column that fits.</summary>
    /// <param name="row">The row's key, or the first parts of it.</param>
    /// <param name="column">Chooses the column.</param>
    /// <returns>The value, or null where the table has no such cell.</returns>
    public decimal? Find(IReadOnlyList<string> row, Func<PublishedColumn, bool> column)
    {
        PublishedRow? found = Rows.FirstOrDefault(r => r.Key.Take(row.Count).SequenceEqual(row));
        int[] indices = [.. Enumerable.Range(0, Columns.Count).Where(i => column(Columns[i]))];
        return found is not null && indices.Length == 1 ? found.Values[indices[0]] : null;
    }
}
