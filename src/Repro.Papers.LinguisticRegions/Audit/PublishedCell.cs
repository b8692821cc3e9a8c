using System.Globalization;
using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Audit;

/// <summary>A printed number with what it measures.</summary>
/// <param name="Table">The table's number.</param>
/// <param name="Row">The row's key.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Value">The number as printed.</param>
/// <param name="Setting">What it measures.</param>
public sealed record PublishedCell(int Table, IReadOnlyList<string> Row, string Column, decimal Value, Setting Setting)
{
    /// <summary>Row and column in words.</summary>
    public string Where => string.Join(", ", Row) + ", " + Column;

    /// <summary>The number as printed.</summary>
    public string Printed => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Natural logarithm: nats per token.</summary>
    public double Nats => Math.Log((double)Value);

    /// <summary>The cells of a table, row by row.</summary>
    public static IEnumerable<PublishedCell> Of(PublishedTable table) =>
        from row in table.Rows
        from pair in table.Columns.Zip(row.Values)
        where pair.Second is not null
        select new PublishedCell(table.Table, row.Key, pair.First.Id, pair.Second!.Value, SettingOf(table, row, pair.First));

    private static Setting SettingOf(PublishedTable table, PublishedRow row, PublishedColumn column)
    {
        string? Key(string name) => table.RowKeys.Zip(row.Key).Where(k => k.First == name).Select(k => k.Second).FirstOrDefault();
        string? dimensions = Key("dimensions");
        string? perturbation = Key("perturbation");
        bool untouched = column.Region == "Base" || perturbation == "none";
        string? trained = Key("training samples");
        return new Setting
        {
            Model = column.Model ?? Key("model"),
            Subject = Key("language") ?? Key("test corpus") ?? LanguageIn(column.Id),
            Region = untouched ? "Base" : column.Region,
            Ratio = untouched ? null : column.Ratio,
            Samples = untouched ? null : column.Samples ?? Key("samples"),
            RegionLanguage = column.RegionLanguage,
            Treatment = trained == Setting.Untrained ? null : column.Treatment,
            Trained = trained,
            Dimensions = dimensions is null ? null : int.Parse(dimensions, CultureInfo.InvariantCulture),
            Matrices = dimensions is null ? null : table.Table,
            Perturbation = untouched || perturbation is null ? null : $"{perturbation} {Key("parameter")}",
        };
    }

    private static string? LanguageIn(string column) => PaperLanguages.All.Select(l => l.Name).FirstOrDefault(column.Split('.').Contains);
}
