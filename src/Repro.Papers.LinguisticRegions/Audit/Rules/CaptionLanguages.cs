using Repro.Papers.LinguisticRegions.Languages;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>A caption speaks of its own table.</summary>
internal static class CaptionLanguages
{
    public static AuditRule Rule { get; } = new(
        "caption",
        "The languages that a caption highlights are the region's own and its relatives, and they are the ones hurt most.",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        foreach (PublishedTable table in paper.Paper.Tables.Where(t => t.Highlighted is not null))
        {
            string? region = table.Columns.Select(c => c.RegionLanguage).FirstOrDefault(l => l is not null);
            if (PaperLanguages.All.FirstOrDefault(l => l.Name == region) is not { } own)
                continue;
            string[] family = [own.Name, .. PaperLanguages.Relatives.GetValueOrDefault(own.Code, []).Select(l => l.Name)];
            string[] hurt = MostHurt(paper, table.Table, family.Length);
            if (!table.Highlighted!.ToHashSet().SetEquals(family))
                yield return new Finding(
                    Rule.Name,
                    table.Table,
                    "caption, highlighted languages",
                    List(table.Highlighted!),
                    $"{List(family)}, the {own.Name} region's family");
            else if (!table.Highlighted!.ToHashSet().SetEquals(hurt))
                yield return new Finding(
                    Rule.Name,
                    table.Table,
                    "caption, highlighted languages",
                    List(table.Highlighted!),
                    $"{List(hurt)}, hurt most in the table");
        }
    }

    private static string[] MostHurt(AuditedPaper paper, int table, int count) =>
    [
        .. paper.Cells.Where(c => c.Table == table && c.Setting is { Region: "Top", RegionLanguage: not null })
            .GroupBy(c => c.Setting.Subject!)
            .OrderByDescending(g => g.Max(c => paper.Increase(c) ?? 0))
            .Take(count)
            .Select(g => g.Key),
    ];

    private static string List(IEnumerable<string> languages) => string.Join(", ", languages);
}
