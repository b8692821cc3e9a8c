using Repro.Harness.Reporting;
using Repro.Report.Model;

namespace Repro.Report.Findings;

/// <summary>A claim with what every checkpoint says of it.</summary>
/// <param name="Stated">Sentence, statistic, bound and rationale, from the first checkpoint that has the claim.</param>
/// <param name="Verdicts">A verdict for each checkpoint of the results, in their order; null where there is none.</param>
internal sealed record JudgedClaim(ReportedVerdict Stated, IReadOnlyList<ReportedVerdict?> Verdicts)
{
    /// <summary>Every claim that any checkpoint was judged by, in the order of the first that has it.</summary>
    public static IReadOnlyList<JudgedClaim> All(Results results)
    {
        IReadOnlyDictionary<string, ReportedVerdict>?[] byCheckpoint =
            [.. results.Checkpoints.Select(c => c.Report?.Verdicts.DistinctBy(v => v.Id).ToDictionary(v => v.Id))];
        return
        [
            .. results.Verified()
                .SelectMany(c => c.Report.Verdicts)
                .DistinctBy(v => v.Id)
                .Select(stated => new JudgedClaim(stated, [.. byCheckpoint.Select(verdicts => verdicts?.GetValueOrDefault(stated.Id))])),
        ];
    }

    /// <summary>Labels of its rows on any checkpoint.</summary>
    public IEnumerable<string> Labels => Verdicts.OfType<ReportedVerdict>().SelectMany(v => v.Rows).Select(r => r.Label).Distinct();
}
