using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Harness.Verification;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>What several checkpoints have in common and where they differ.</summary>
internal static class AuditSection
{
    /// <summary>The section, or nothing where there is one checkpoint.</summary>
    public static Markup Of(Results results, IReadOnlyList<PaperPart> parts) => results.Checkpoints.Count < 2 ? Markup.Empty : Markup.Of($"""
        <section id="checkpoints">
        <h2>Checkpoints side by side</h2>
        {Failed(results)}
        <h3>What changed verdict</h3>
        {Changes(results, parts)}
        <h3>Overlap of the core regions</h3>
        {Overlaps(results.Overlaps)}
        <h3>Effect sizes</h3>
        <p class="why">For each claim the row that is nearest to its bound on the first checkpoint, with the interval that decides. All rows are in the claim's own section.</p>
        {Effects(results, parts)}
        </section>

        """);

    private static Markup Failed(Results results) => Markup.Of(results.Checkpoints.Where(c => c.Error is not null).Select(c =>
        Markup.Of($"<p class=\"error\"><b>! {c.Name}</b> could not be verified: {c.Error}</p>\n")));

    private static Markup Changes(Results results, IReadOnlyList<PaperPart> parts)
    {
        Dictionary<string, string> sentences = parts.SelectMany(p => p.Claims).ToDictionary(c => c.Stated.Id, c => $"{c.Stated.Table}: {c.Stated.Sentence}");
        string first = results.Verified().Select(c => c.Name).FirstOrDefault() ?? "";
        return results.Changes.Count == 0
            ? Markup.Of($"<p>Nothing: every claim has the same verdict on every checkpoint.</p>\n")
            : Tables.Of(
                "Verdicts that changed",
                Tables.Cells("claim", first, "checkpoint", "its verdict"),
                results.Changes.Where(c => sentences.ContainsKey(c.Claim)).Select(c => (IEnumerable<Markup>)
                [
                    Markup.Of($"<a href=\"#{Anchors.Claim(c.Claim)}\">{sentences[c.Claim]}</a>"), VerdictMark.Badge(c.From), Markup.Of($"<span class=\"name\">{c.Checkpoint}</span>"), VerdictMark.Badge(c.To),
                ]));
    }

    private static Markup Overlaps(IReadOnlyList<RegionOverlap> overlaps) => overlaps.Count == 0
        ? Markup.Of($"<p>Not measured: no two checkpoints have selected a core region of the same share.</p>\n")
        : Markup.Of($"""
            {Tables.Of(
                "Overlap of core regions",
                Tables.Cells("pair", "share of each tensor", "overlap (Jaccard)", "by chance", "times chance"),
                overlaps.Select(o => Tables.Cells($"{o.First} and {o.Second}", Numbers.Percent(o.Ratio), o.Jaccard is null ? "shapes differ" : Numbers.Statistic(o.Jaccard), Numbers.Statistic(o.ByChance), Times(o))))}
            <p class="why">Size of the intersection over size of the union: 1 where two checkpoints have the same core region, and what two random regions have where they have nothing in common.</p>

            """);

    private static string Times(RegionOverlap overlap) => overlap is { Jaccard: { } jaccard, ByChance: > 0 } ? $"{Numbers.Tick(Math.Round(jaccard / overlap.ByChance, 1))}" : "–";

    private static Markup Effects(Results results, IReadOnlyList<PaperPart> parts)
    {
        int[] verified = [.. Enumerable.Range(0, results.Checkpoints.Count).Where(i => results.Checkpoints[i].Report is not null)];
        return Tables.Of(
            "Effect sizes by claim and checkpoint",
            Tables.Cells(["claim", "row", .. verified.Select(i => results.Checkpoints[i].Name), "paper"]),
            from claim in parts.SelectMany(p => p.Claims)
            let row = VerdictRow.Deciding(claim.Stated.Rows, claim.Stated.AnyRow)
            where row is not null
            select (IEnumerable<Markup>)
            [
                Markup.Of($"<a href=\"#{Anchors.Claim(claim.Stated.Id)}\">{claim.Stated.Table}: {claim.Stated.Sentence}</a>"),
                Tables.Text(row.Label),
                .. verified.Select(i => Effect(claim.Verdicts[i], row.Label)),
                Tables.Text(Numbers.Statistic(row.Paper)),
            ]);
    }

    private static Markup Effect(ReportedVerdict? verdict, string label) => verdict?.Rows.FirstOrDefault(r => r.Label == label) is { } row
        ? Markup.Of($"{VerdictMark.Symbol(row.Kind)} {Numbers.Interval(row)}")
        : Tables.Text("–");
}
