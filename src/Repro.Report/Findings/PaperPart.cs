using Repro.Harness.Goldens;
using Repro.Report.Model;

namespace Repro.Report.Findings;

/// <summary>A table, figure or section of the paper with the claims about it.</summary>
/// <param name="Name">For example <c>Table 14</c>.</param>
/// <param name="Title">What it shows; empty where its table was not measured.</param>
/// <param name="Tables">Ids of the tables that its claims rest on.</param>
/// <param name="Claims">Its claims.</param>
internal sealed record PaperPart(string Name, string Title, IReadOnlyList<string> Tables, IReadOnlyList<JudgedClaim> Claims)
{
    /// <summary>The parts of the paper that results speak of, in the order of their claims.</summary>
    public static IReadOnlyList<PaperPart> All(Results results)
    {
        Dictionary<string, string> titles = results.Verified()
            .SelectMany(c => c.Report.Tables)
            .DistinctBy(e => e.Table)
            .ToDictionary(e => e.Table, e => e.Title);
        return
        [
            .. JudgedClaim.All(results).GroupBy(c => c.Stated.Table).Select(part =>
            {
                string[] tables = [.. part.Select(c => c.Stated.TableId).Distinct()];
                string title = tables.Select(id => titles.GetValueOrDefault(id)).FirstOrDefault(t => t is not null) ?? "";
                return new PaperPart(part.Key, title, tables, [.. part]);
            }),
        ];
    }

    /// <summary>What one checkpoint measured for this part.</summary>
    public IEnumerable<TableResult> Measured(CheckpointResults checkpoint) => checkpoint.Report?.Tables.Where(t => Tables.Contains(t.Table)) ?? [];
}
