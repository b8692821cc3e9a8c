using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Audit;

/// <summary>The paper as the rules see it: cells with what they measure.</summary>
public sealed class AuditedPaper
{
    private readonly Dictionary<(string?, string?, int), PublishedCell> bases;

    /// <summary>Looks at a paper.</summary>
    /// <param name="paper">Its numbers.</param>
    public AuditedPaper(PublishedPaper paper)
    {
        Paper = paper;
        Cells = [.. paper.Tables.OrderBy(t => t.Table).SelectMany(PublishedCell.Of)];
        bases = Cells.Where(c => c.Setting.IsBase).DistinctBy(c => (c.Setting.Model, c.Setting.Subject, c.Table))
            .ToDictionary(c => (c.Setting.Model, c.Setting.Subject, c.Table));

        // The largest table keeps a repeated measurement, so that its columns stay whole; a random draw does not depend on the samples.
        Dictionary<int, int> rows = paper.Tables.ToDictionary(t => t.Table, t => t.Rows.Count);
        HashSet<PublishedCell> kept =
        [
            .. Cells.OrderByDescending(c => rows[c.Table]).ThenBy(c => c.Table).DistinctBy(c => (Measurement(c.Setting), c.Value)),
        ];
        Distinct = [.. Cells.Where(kept.Contains)];
    }

    /// <summary>The numbers as printed.</summary>
    public PublishedPaper Paper { get; }

    /// <summary>Every cell in the paper's order.</summary>
    public IReadOnlyList<PublishedCell> Cells { get; }

    /// <summary>The cells without those that repeat another's setting and number.</summary>
    public IReadOnlyList<PublishedCell> Distinct { get; }

    /// <summary>The unchanged model in a cell's table, or null where the table has none.</summary>
    public PublishedCell? BaseOf(PublishedCell cell) =>
        cell.Setting.IsBase ? null : bases.GetValueOrDefault((cell.Setting.Model, cell.Setting.Subject, cell.Table));

    /// <summary>Nats per token that the intervention added, or null where the table has no base.</summary>
    public double? Increase(PublishedCell cell) => BaseOf(cell) is { } unchanged ? cell.Nats - unchanged.Nats : null;

    private static Setting Measurement(Setting setting) =>
        setting is { Region: "Random", Matrices: null } ? setting with { Samples = null } : setting;
}
