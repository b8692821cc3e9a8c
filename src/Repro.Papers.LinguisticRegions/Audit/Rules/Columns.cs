using MathNet.Numerics.Statistics;
using Repro.Papers.LinguisticRegions.Languages;

namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A cell with its robust z-score in its column.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Level">What is scored, in nats.</param>
/// <param name="Score">Its robust z-score.</param>
/// <param name="Median">The column's median level.</param>
internal sealed record ScoredCell(PublishedCell Cell, double Level, double Score, double Median);

/// <summary>Scores cells within the column they are printed in.</summary>
internal static class Columns
{
    // Another column that goes at least half as far the same way: the language is unusual, not this cell.
    private const double Repeated = 0.5;

    /// <summary>Cells whose score lies beyond the limit here and is repeated by no other column for the same kind of region.</summary>
    /// <param name="cells">The cells to compare.</param>
    /// <param name="level">What to score, or null where a cell has no such number.</param>
    public static IEnumerable<ScoredCell> Outliers(IEnumerable<PublishedCell> cells, Func<PublishedCell, double?> level)
    {
        var scored = cells.GroupBy(c => (c.Table, c.Column)).SelectMany(column => Score([.. column], level)).ToList();
        var siblings = scored.ToLookup(Kind);
        return scored.Where(s => Math.Abs(s.Score) > Scores.Limit && !siblings[Kind(s)].Any(o => Repeats(o, s)));
    }

    /// <summary>Whether the cell's language is one that its monolingual region is meant to hurt.</summary>
    public static bool IsTarget(Setting setting) =>
        setting.RegionLanguage is { } region && PaperLanguages.All.FirstOrDefault(l => l.Name == region) is { } own
        && (setting.Subject == region || PaperLanguages.Relatives.GetValueOrDefault(own.Code, []).Any(r => r.Name == setting.Subject));

    // An equal number is the same measurement printed twice, which confirms nothing.
    private static bool Repeats(ScoredCell other, ScoredCell scored) =>
        other.Cell.Value != scored.Cell.Value && other.Score * Math.Sign(scored.Score) > Repeated * Math.Abs(scored.Score);

    private static (string?, string?, string?) Kind(ScoredCell scored) =>
        (scored.Cell.Setting.Subject, scored.Cell.Setting.Region, scored.Cell.Setting.RegionLanguage);

    private static IEnumerable<ScoredCell> Score(IEnumerable<PublishedCell> column, Func<PublishedCell, double?> level)
    {
        PublishedCell[] known = [.. column.Where(c => level(c) is not null)];
        double[] levels = [.. known.Select(c => level(c)!.Value)];
        if (Scores.Robust(levels) is not { } scores)
            return [];
        double median = levels.Median();
        return known.Zip(levels, scores).Select(k => new ScoredCell(k.First, k.Second, k.Third, median));
    }
}
