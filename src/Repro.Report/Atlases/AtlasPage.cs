using System.Globalization;
using Repro.Harness.Figures;
using Repro.Engine.Models;
using Repro.Harness.Atlases;
using Repro.Report.Html;
using Repro.Report.Model;

namespace Repro.Report.Atlases;

/// <summary>An atlas as one page that needs nothing but itself.</summary>
internal static class AtlasPage
{
    private static readonly (string Id, string Title)[] Sections =
    [
        ("matrix", "Which region hurts which language"), ("tree", "Which languages are hurt alike"), ("overlap", "Which regions share weights"),
        ("profiles", "Where the regions lie"), ("doses", "How much is lost as more is removed"), ("languages", "The languages"),
    ];

    /// <summary>The page.</summary>
    public static string Of(Atlas atlas) => Page.Shell($"{atlas.Checkpoint}: atlas of languages", Markup.Of($"""
        <nav aria-label="Contents"><details><summary>Contents</summary>
        <ol>{Sections.Select(section => Markup.Of($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>"))}</ol>
        </details></nav>
        <main>
        <header id="top">
        <p class="eyebrow">Linguistic regions of {atlas.Checkpoint} in {atlas.Languages.Count} languages</p>
        <h1>{Heading(atlas)}</h1>
        <p>For each of {atlas.Profiles.Count} languages, the 1 % most important weights of every matrix are located on its training lines, less those of the other languages (Eq. 5 of <cite>Unveiling Linguistic Regions in Large Language Models</cite>). These regions are set to zero one after the other, and the perplexity of every language is measured.</p>
        {LeftOut(atlas)}
        </header>
        <section id="{Sections[0].Id}"><h2>{Sections[0].Title}</h2>
        {FigureBlock.Of(atlas.Increases, "increases", null)}
        </section>
        <section id="{Sections[1].Id}"><h2>{Sections[1].Title}</h2>
        <figure>
        {TreeDrawing.Of(atlas)}
        <figcaption>Languages that the same regions hurt are joined early, on the right. The distance of two languages is 1 less the cosine of what each region adds to them in nats; subtrees are joined by the mean distance of their languages.</figcaption>
        </figure>
        {atlas.Groups.Select(Group)}
        </section>
        <section id="{Sections[2].Id}"><h2>{Sections[2].Title}</h2>
        <figure>
        {Overlaps(atlas)}
        <figcaption>Jaccard overlap of two languages' top 1 %, before the weights in common are taken off. Two random regions of this size share {Numbers.Percent(atlas.OverlapByChance)}.</figcaption>
        {OverlapNumbers(atlas)}
        </figure>
        </section>
        <section id="{Sections[3].Id}"><h2>{Sections[3].Title}</h2>
        {Profile(atlas, "layers", "By layer", "Share of each layer's weights that are in the region, from the first layer on.", p => p.Layers.Select((share, i) => (string.Create(CultureInfo.InvariantCulture, $"{i}"), share)))}
        {Profile(atlas, "matrices", "By kind of matrix", "Share of the weights of each kind of matrix: query, key, value and output of attention; gate, up and down of the feed-forward layer.", p => p.Matrices.Select(m => (m.Key == nameof(WeightRole.AttentionOutput) ? "Output" : m.Key, m.Value)))}
        {Profile(atlas, "heads", "By attention head", "Share of the weights of each head (rows of q, k and v, columns of o), as layer.head.", p => p.Heads.SelectMany((heads, layer) => heads.Select((share, head) => (string.Create(CultureInfo.InvariantCulture, $"{layer}.{head}"), share))))}
        </section>
        <section id="{Sections[4].Id}"><h2>{Sections[4].Title}</h2>
        {FigureBlock.Of(atlas.Doses, "doses-figure", null)}
        </section>
        <section id="{Sections[5].Id}"><h2>{Sections[5].Title}</h2>
        {Tables.Of(
            "Languages",
            Tables.Cells(["language", .. Groupings(atlas), "test lines", "region", "perplexity of the checkpoint"]),
            atlas.Languages.Select(l => Tables.Cells([l.Name, .. Groupings(atlas).Select(g => l.Groups.GetValueOrDefault(g, "–")), l.TestDocuments.ToString(CultureInfo.InvariantCulture), l.HasRegion ? "yes" : "–", Numbers.PerplexityInterval(l.Base)])))}
        <dl class="provenance"><dt>measured on</dt><dd>{atlas.Provenance.Brief()}</dd></dl>
        </section>
        </main>
        """));

    private static string Heading(Atlas atlas)
    {
        FigureSeries[] rows = [.. atlas.Increases.Panels.SelectMany(p => p.Series)];
        int own = rows.Count(row => row.Points.MaxBy(p => p.Increase?.Value ?? 0)!.Label == row.Name);
        return own == rows.Length ? $"Each of the {own} regions hurts its own language most" : $"{own} of {rows.Length} regions hurt their own language most";
    }

    private static Markup LeftOut(Atlas atlas) => atlas.LeftOut.Count == 0 ? Markup.Empty : Markup.Of($"<p>Left out: {string.Join("; ", atlas.LeftOut)}.</p>\n");

    private static Markup Group(GroupDistance group) => Markup.Of(
        $"<p>Languages of one {group.Grouping} are {(group.ByChance <= 0.05 ? "nearer to each other than to others" : "not clearly nearer to each other than to others")}: mean distance {Numbers.Statistic(group.Within)} within a {group.Grouping} and {Numbers.Statistic(group.Between)} between (labels in random order give as much in {Numbers.Percent(group.ByChance)} of cases).</p>\n");

    private static Markup Overlaps(Atlas atlas)
    {
        AtlasLanguage[] located = [.. atlas.Languages.Where(l => l.HasRegion)];
        double? Of(string first, string second) => first == second
            ? null
            : atlas.Overlaps.Single(o => (o.First == first && o.Second == second) || (o.First == second && o.Second == first)).Jaccard.Value;
        return HeatTable.Of(
            "Overlap of regions", "region", [.. located.Select(l => l.Name)], [.. located.Select(row => (row.Name, (IReadOnlyList<double?>)[.. located.Select(column => Of(row.Code, column.Code))]))], Numbers.Percent);
    }

    private static Markup OverlapNumbers(Atlas atlas) => Markup.Of($"""
        <details><summary>numbers of this figure, with intervals</summary>
        {Tables.Of(
            "Overlaps",
            Tables.Cells("regions", "Jaccard overlap", "times chance"),
            atlas.Overlaps.Select(o => Tables.Cells(
                $"{NameOf(atlas, o.First)}, {NameOf(atlas, o.Second)}",
                $"{Numbers.Percent(o.Jaccard.Value)} [{Numbers.Percent(o.Jaccard.Low)}, {Numbers.Percent(o.Jaccard.High)}]",
                (o.Jaccard.Value / atlas.OverlapByChance).ToString("0.0", CultureInfo.InvariantCulture))))}
        </details>
        """);

    private static Markup Profile(Atlas atlas, string id, string title, string caption, Func<AtlasProfile, IEnumerable<(string Name, double Share)>> shares) => Markup.Of($"""
        <figure id="{id}"><h3>{title}</h3>
        {HeatTable.Of(
            title, "region", [.. shares(atlas.Profiles[0]).Select(s => s.Name)], [.. atlas.Profiles.Select(p => (NameOf(atlas, p.Code), (IReadOnlyList<double?>)[.. shares(p).Select(s => (double?)s.Share)]))], Numbers.Percent)}
        <figcaption>{caption}</figcaption>
        </figure>

        """);

    /// <summary>What languages are grouped by.</summary>
    internal static IEnumerable<string> Groupings(Atlas atlas) => atlas.Languages.SelectMany(l => l.Groups.Keys).Distinct();

    private static string NameOf(Atlas atlas, string code) => atlas.Languages.Single(l => l.Code == code).Name;
}
