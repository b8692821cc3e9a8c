using Repro.Paper.Goldens;
using Repro.Report.Model;

namespace Repro.Report.Findings;

/// <summary>A table, figure or section of the paper with the claims about it.</summary>
/// <param name="Name">For example <c>Table 14</c>.</param>
/// <param name="Title">What it shows; empty where its experiment was not measured.</param>
/// <param name="Experiments">Ids of the experiments that its claims rest on.</param>
/// <param name="Claims">Its claims.</param>
internal sealed record PaperPart(string Name, string Title, IReadOnlyList<string> Experiments, IReadOnlyList<JudgedClaim> Claims)
{
    /// <summary>The parts of the paper that results speak of, in the order of their claims.</summary>
    public static IReadOnlyList<PaperPart> All(Results results)
    {
        Dictionary<string, string> titles = results.Verified()
            .SelectMany(c => c.Report.Experiments)
            .DistinctBy(e => e.Experiment)
            .ToDictionary(e => e.Experiment, e => e.Title);
        return
        [
            .. JudgedClaim.All(results).GroupBy(c => c.Stated.Table).Select(part =>
            {
                string[] experiments = [.. part.SelectMany(c => c.Stated.Experiments).Distinct()];
                string title = experiments.Select(id => titles.GetValueOrDefault(id)).FirstOrDefault(t => t is not null) ?? "";
                return new PaperPart(part.Key, title, experiments, [.. part]);
            }),
        ];
    }

    /// <summary>What one checkpoint measured for this part.</summary>
    public IEnumerable<ExperimentGolden> Measured(CheckpointResults checkpoint) => checkpoint.Report?.Experiments.Where(e => Experiments.Contains(e.Experiment)) ?? [];
}
