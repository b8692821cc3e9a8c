using System.Globalization;
using System.Text;
using Repro.Engine.Files;
using Repro.Harness.Claims;

namespace Repro.Harness.Goldens;

/// <summary>One number of a claim as its golden has it.</summary>
/// <param name="Label">What it is about.</param>
/// <param name="Estimate">The measured statistic.</param>
/// <param name="Low">Lower end of the interval that must lie inside the bound for the row to hold.</param>
/// <param name="High">Upper end.</param>
/// <param name="FailLow">Lower end of the interval that must lie outside for the row to fail. It is not compared: corrected for the number of rows, with few draws it magnifies what moves.</param>
/// <param name="FailHigh">Upper end.</param>
/// <param name="Tolerance">How far estimate and interval may move.</param>
/// <param name="Paper">The same statistic on the paper's numbers, or null.</param>
/// <param name="Verdict">What the intervals say; it follows from the numbers and is not compared.</param>
public sealed record SnapshotRow(string Label, double Estimate, double Low, double High, double FailLow, double FailHigh, double Tolerance, double? Paper, VerdictKind Verdict);

/// <summary>A claim with its verdict and every number, as a text file that a person can review.</summary>
public sealed record ClaimSnapshot
{
    private const string Separator = " | ";
    private const string NoNumber = "-";
    private const int HeadWidth = 12;
    private static readonly string[] Columns = ["row", "estimate", "low", "high", "corrected low", "corrected high", "tolerance", "paper", "verdict"];

    // The first of the two intervals is the one that must lie inside the bound.
    private static readonly string[] ColumnsOfAnyRow = ["row", "estimate", "corrected low", "corrected high", "low", "high", "tolerance", "paper", "verdict"];

    /// <summary>The table and the claim as a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>The verdict.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>What the rows' numbers are.</summary>
    public required string Statistic { get; init; }

    /// <summary>Where they must lie.</summary>
    public required string Bound { get; init; }

    /// <summary>Why there.</summary>
    public required string Rationale { get; init; }

    /// <summary>What the paper's own numbers say, in a line.</summary>
    public required string Paper { get; init; }

    /// <summary>What it was measured on, in a line.</summary>
    public required string Measured { get; init; }

    /// <summary>The explosion gate: each condition, and whether it passed.</summary>
    public required IReadOnlyList<string> Gates { get; init; }

    /// <summary>Whether one row in the bound is enough, so that the interval that must lie inside is the one that is corrected.</summary>
    public bool AnyRow { get; init; }

    /// <summary>The numbers.</summary>
    public required IReadOnlyList<SnapshotRow> Rows { get; init; }

    /// <summary>The snapshot of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="provenance">What it was measured on.</param>
    /// <param name="tolerances">How far what its claim reads may move.</param>
    public static ClaimSnapshot Of(Verdict verdict, Provenance provenance, ITolerances tolerances) => new()
    {
        Sentence = $"{verdict.Claim.Table}: {verdict.Claim.Sentence}",
        Verdict = verdict.Kind,
        Statistic = verdict.Claim.Statistic,
        Bound = verdict.Claim.Bound.ToString(),
        Rationale = verdict.Claim.Rationale,
        Paper = verdict.Paper.ToString(),
        Measured = provenance.Brief(),
        Gates = [.. verdict.Gates.Select(g => $"{(g.Passed ? "passed" : "not passed")}: {g.Name}")],
        AnyRow = verdict.Claim.AnyRow,
        Rows =
        [
            .. verdict.Rows.Zip(verdict.Claim.Rows, (row, claim) => new SnapshotRow(
                row.Label, Round(row.Value), Round(row.Low), Round(row.High), Round(row.FailLow), Round(row.FailHigh), Round(claim.Statistic.Tolerance(tolerances)), row.Paper is { } paper ? Round(paper) : null, row.Kind)),
        ],
    };

    /// <summary>The file's text.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        text.Append(Sentence).Append("\n\n");
        foreach ((string name, string value) in Head())
            text.Append(name.PadRight(HeadWidth)).Append(value).Append('\n');
        text.Append('\n');
        string[][] cells = [AnyRow ? ColumnsOfAnyRow : Columns, .. Rows.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, Columns.Length).Select(c => cells.Max(row => row[c].Length))];
        foreach (string[] row in cells)
            text.Append(string.Join(Separator, row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c])))).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToText"/> writes.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="InputException">It is something else.</exception>
    public static ClaimSnapshot Parse(string text, string where)
    {
        InputException Malformed(string what) => new($"{where} is not a claim's golden ({what}); restore it from the repository.");
        string[] lines = text.Split('\n');
        int table = Array.FindIndex(lines, l => l.StartsWith(Columns[0], StringComparison.Ordinal) && l.Contains(Separator, StringComparison.Ordinal));
        if (lines.Length < 3 || table < 3 || lines[1].Length > 0 || lines[^1].Length > 0)
            throw Malformed("a sentence, a head and a table of rows are expected");
        (string Name, string Value)[] head = [.. lines[2..(table - 1)].Select(l => (l[..Math.Min(HeadWidth, l.Length)].TrimEnd(), l.Length > HeadWidth ? l[HeadWidth..] : ""))];
        string Value(string name) => head.Where(h => h.Name == name).Select(h => h.Value).ToArray() is [string only] ? only : throw Malformed($"'{name}' is missing or stands twice");
        SnapshotRow[] rows = [.. lines[(table + 1)..^1].Select(Row)];
        if (rows.GroupBy(r => r.Label).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Malformed($"the row '{twice.Key}' stands twice");
        return new ClaimSnapshot
        {
            Sentence = lines[0],
            Verdict = Kind(Value("verdict")),
            Statistic = Value("statistic"),
            Bound = Value("bound"),
            Rationale = Value("rationale"),
            Paper = Value("paper"),
            Measured = Value("measured"),
            Gates = [.. head.Where(h => h.Name == "gate").Select(h => h.Value)],
            AnyRow = lines[table].Split(Separator).ElementAtOrDefault(2)?.Trim() == ColumnsOfAnyRow[2],
            Rows = rows,
        };

        VerdictKind Kind(string word) => Enum.GetNames<VerdictKind>().Contains(word) ? Enum.Parse<VerdictKind>(word) : throw Malformed($"'{word}' is no verdict");
        double Number(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Malformed($"'{cell}' is no number");
        SnapshotRow Row(string line)
        {
            string[] cells = [.. line.Split(Separator).Select(c => c.Trim())];
            return cells.Length == Columns.Length
                ? new SnapshotRow(cells[0], Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]), Number(cells[5]), Number(cells[6]), cells[7] == NoNumber ? null : Number(cells[7]), Kind(cells[8]))
                : throw Malformed($"a row has {cells.Length} cells for {Columns.Length} columns");
        }
    }

    private IEnumerable<(string Name, string Value)> Head() =>
    [
        ("verdict", Verdict.ToString()),
        ("statistic", Statistic),
        ("bound", Bound),
        ("rationale", Rationale),
        ("paper", Paper),
        ("measured", Measured),
        .. Gates.Select(g => ("gate", g)),
    ];

    private static string[] Cells(SnapshotRow row) =>
        [row.Label, Text(row.Estimate), Text(row.Low), Text(row.High), Text(row.FailLow), Text(row.FailHigh), Text(row.Tolerance), row.Paper is { } paper ? Text(paper) : NoNumber, row.Verdict.ToString()];

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static double Round(double value) => Math.Round(value, 4);
}
