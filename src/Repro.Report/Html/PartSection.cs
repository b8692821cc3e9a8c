using Repro.Harness.Figures;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>A table, figure or section of the paper: its pictures, its claims, and everything that was measured for it.</summary>
internal static class PartSection
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Markup> All(Results results, IReadOnlyList<PaperPart> parts)
    {
        HashSet<string> shown = [];
        foreach (PaperPart part in parts)
        {
            Markup[] pictures = [.. Pictures(part, results, shown)];
            Markup[] raw = [.. Raw(part, results, shown)];
            yield return Markup.Of($"""
                <section class="part" id="{Anchors.Part(part.Name)}">
                <h2>{part.Name}{(part.Title.Length == 0 ? "" : $": {Numbers.Unbroken(part.Title)}")}</h2>
                {pictures}
                {part.Claims.Select(claim => ClaimArticle.Of(claim, results))}
                {raw}
                </section>

                """);
        }
    }

    // What several parts rest on is shown with the first of them.
    private static IEnumerable<Markup> Pictures(PaperPart part, Results results, HashSet<string> shown)
    {
        for (int i = 0; i < results.Checkpoints.Count; i++)
        {
            CheckpointResults checkpoint = results.Checkpoints[i];
            string? name = results.Checkpoints.Count > 1 ? checkpoint.Name : null;
            foreach (Figure figure in checkpoint.Figures.Where(f => f.Tables.Any(part.Tables.Contains)))
            {
                string id = Anchors.Figure(figure.Id, i);
                if (shown.Add(id))
                    yield return Folded(FigureBlock.Of(figure, id, name), figure.Title, name, i > 0);
            }

            string density = Anchors.Figure("density", i);
            if (checkpoint.DensityMaps.Any(d => part.Tables.Contains(d.Table)) && shown.Add(density))
                yield return Folded(DensityBlock.Of(checkpoint.DensityMaps, density, name), "Where the core region lies", name, i > 0);
            foreach (Markup texts in part.Measured(checkpoint).Where(e => shown.Add($"texts {e.Table} {i}")).Select(e => ContinuationBlock.Of(e, name)))
                yield return texts;
        }
    }

    private static IEnumerable<Markup> Raw(PaperPart part, Results results, HashSet<string> shown) =>
        from i in Enumerable.Range(0, results.Checkpoints.Count)
        let checkpoint = results.Checkpoints[i]
        from table in part.Measured(checkpoint)
        where shown.Add($"numbers {table.Table} {i}")
        select TableNumbers.Of(table, checkpoint.Report?.GoldenDifferences?.GetValueOrDefault(table.Table), results.Checkpoints.Count > 1 ? checkpoint.Name : null);

    private static Markup Folded(Markup figure, string title, string? checkpoint, bool folded) =>
        folded ? Markup.Of($"<details class=\"more\"><summary>{title} ({checkpoint})</summary>\n{figure}</details>\n") : figure;
}
