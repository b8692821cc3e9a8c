using Spectre.Console;

namespace Repro.Terminal;

/// <summary>
/// A table as plain text for a terminal of 80 columns, the same wherever it goes. Only where its words and numbers alone need more is it wider: none of
/// them is broken or cut.
/// </summary>
/// <param name="columns">Its columns.</param>
public sealed class TerminalTable(params Column[] columns)
{
    /// <summary>Columns that a terminal has at least.</summary>
    public const int Width = 80;

    private const int LeastText = 12;
    private const char Blank = '\u00A0';

    // Spectre.Console breaks lines at every kind of blank.
    private const char Unbroken = '\uE000';

    private readonly List<string[]> rows = [];

    /// <summary>Blanks between two columns.</summary>
    /// <value>2 by default.</value>
    public int Gap { get; init; } = 2;

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A cell for each column; a no-break space keeps what stands beside it on one line.</param>
    /// <returns>This table.</returns>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public TerminalTable Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"A row of {columns.Length} cells is expected, and {cells.Length} are given.", nameof(cells));
        rows.Add([.. cells.Zip(columns, (cell, column) => Cut(cell, column.Most).Replace(Blank, Unbroken))]);
        return this;
    }

    /// <summary>The table's lines, without blanks at their ends.</summary>
    public override string ToString()
    {
        Table table = new Table().Border(TableBorder.None);
        table.ShowHeaders = columns.Any(c => c.Title.Length > 0);
        foreach ((int i, Column column) in columns.Index())
        {
            table.AddColumn(new TableColumn(new Text(column.Title))
            {
                NoWrap = !column.Wraps,
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, i == columns.Length - 1 ? 0 : Gap, 0),
                Width = column.Width,
            });
        }

        foreach (string[] row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        return Render(table, Math.Max(Width, LeastWidth()));
    }

    private static string Render(Table table, int width)
    {
        using StringWriter writer = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,

            // They take some CI systems for terminals.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = width;
        console.Write(table);
        return string.Concat(writer.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd().Replace(Unbroken, ' ') + "\n"));
    }

    private static string Cut(string cell, int? most) => cell.Length <= most || most is null ? cell : string.Concat(cell.AsSpan(0, most.Value - 1), "…");

    private int LeastWidth() => columns.Select((column, i) => (column.Width, column.Wraps) switch
    {
        ({ } width, _) => width,
        (_, true) => Math.Min(LeastText, CellsOf(i)),
        _ => CellsOf(i),
    }).Sum() + (Gap * (columns.Length - 1));

    private int CellsOf(int column) => rows.Select(r => r[column]).Append(columns[column].Title).SelectMany(c => c.Split('\n')).Max(line => line.GetCellWidth());
}
