using Repro.Engine.Files;

namespace Repro.Paper.Published;

/// <summary>A cell that the text cites.</summary>
/// <param name="Table">The table's number.</param>
/// <param name="Row">The row's whole key.</param>
/// <param name="Column">The column's name.</param>
public sealed record CitedCell(int Table, IReadOnlyList<string> Row, string Column);

/// <summary>Cells that the text says something about together.</summary>
/// <param name="Table">The table's number.</param>
/// <param name="Region">The region whose columns are meant.</param>
public sealed record CitedColumns(int Table, string Region);

/// <summary>A number of the running text.</summary>
/// <param name="Where">The passage.</param>
/// <param name="What">What the number is.</param>
/// <param name="Value">The number as printed.</param>
/// <param name="Cell">The table cell it repeats, where there is one.</param>
/// <param name="ExceededBy">The columns that the passage says lie above the number.</param>
/// <param name="ImprovesOn">Another number's <see cref="What"/> that the passage says this one is better, so lower, than.</param>
public sealed record PublishedStatement(string Where, string What, decimal Value, CitedCell? Cell = null, CitedColumns? ExceededBy = null, string? ImprovesOn = null);

/// <summary>Numbers of the running text, the captions and Appendix A.</summary>
public sealed record PublishedText
{
    /// <summary>The numbers in the paper's order.</summary>
    public required IReadOnlyList<PublishedStatement> Statements { get; init; }

    /// <summary>Tokens of each language's test text (Appendix A).</summary>
    public required IReadOnlyDictionary<string, long> EvaluationTokens { get; init; }

    /// <summary>Reads the numbers.</summary>
    /// <param name="folder">Folder of the published goldens.</param>
    /// <exception cref="InputException">The file is missing or malformed.</exception>
    public static PublishedText Load(string folder) => PublishedFile.Read<PublishedText>(Path.Combine(folder, "text.json"));
}
