using Repro.Harness.Figures;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>Links to the figures, for those who would rather look.</summary>
internal static class PictureList
{
    /// <summary>The links, or nothing where there are no figures.</summary>
    public static Markup Of(Results results, IReadOnlyList<PaperPart> parts)
    {
        int index = results.Checkpoints.ToList().FindIndex(c => c.Figures.Count + c.DensityMaps.Count > 0);
        if (index < 0)
            return Markup.Empty;
        CheckpointResults checkpoint = results.Checkpoints[index];
        (string Id, string Name)[] pictures = [.. parts.SelectMany(part => Pictures(part, checkpoint)).Select(p => (Anchors.Figure(p.Id, index), p.Name))];
        IEnumerable<Markup> links = pictures.DistinctBy(p => p.Id).Select((p, i) => Markup.Of($"{(i == 0 ? "" : ", ")}<a href=\"#{p.Id}\">{p.Name}</a>"));
        return Markup.Of($"<p class=\"pictures\">In pictures: {links}.</p>\n");
    }

    private static IEnumerable<(string Id, string Name)> Pictures(PaperPart part, CheckpointResults checkpoint)
    {
        Figure[] figures = [.. checkpoint.Figures.Where(f => f.Tables.Any(part.Tables.Contains))];
        foreach (Figure figure in figures)
            yield return (figure.Id, figure.Tables.Count > 1 ? figure.Title.Split(':')[0] : figures.Length > 1 ? figure.Title : part.Name);
        if (checkpoint.DensityMaps.Any(d => part.Tables.Contains(d.Table)))
            yield return ("density", part.Name);
    }
}
