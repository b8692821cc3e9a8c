using Repro.Engine.Files;

namespace Repro.Paper.Published;

/// <summary>Every number of the paper as printed.</summary>
/// <param name="Tables">Its tables.</param>
/// <param name="Text">The numbers of its text.</param>
public sealed record PublishedPaper(IReadOnlyList<PublishedTable> Tables, PublishedText Text)
{
    /// <summary>Tables in the paper.</summary>
    public const int TableCount = 16;

    /// <summary>Reads the whole paper.</summary>
    /// <param name="folder">Folder of the published goldens.</param>
    /// <exception cref="InputException">A file is missing or malformed.</exception>
    public static PublishedPaper Load(string folder) =>
        new([.. Enumerable.Range(1, TableCount).Select(number => PublishedTable.Load(folder, number))], PublishedText.Load(folder));
}
