using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>The report as one page that needs nothing but itself.</summary>
internal static class Page
{
    private const string StyleResource = "Repro.Report.Html.report.css";

    /// <summary>The page.</summary>
    public static string Of(Results results)
    {
        IReadOnlyList<PaperPart> parts = PaperPart.All(results);
        return Shell($"{string.Join(", ", results.Checkpoints.Select(c => c.Name))}: linguistic regions, verified", Markup.Of($"""
            {ContentsList.Of(results, parts)}
            <main>
            <header id="top">
            <p class="eyebrow">The claims of <cite>Unveiling Linguistic Regions in Large Language Models</cite>, tested on {(results.Checkpoints.Count == 1 ? results.Checkpoints[0].Name : $"{results.Checkpoints.Count} checkpoints")}</p>
            <h1>{Outcome.Of(results)}</h1>
            {Tally.Of(results, parts)}
            {PictureList.Of(results, parts)}
            </header>
            {(parts.Count == 0 ? Markup.Empty : VerdictMatrix.Of(results, parts))}
            {AuditSection.Of(results, parts)}
            {(parts.Count == 0 ? Markup.Empty : Reading(results))}
            {PartSection.All(results, parts)}
            {ControlSection.Of(results)}
            {ProvenanceSection.Of(results)}
            </main>
            """));
    }

    /// <summary>A page around its body.</summary>
    /// <param name="title">What a browser calls it.</param>
    /// <param name="body">What it shows.</param>
    internal static string Shell(string title, Markup body) => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style>
        {Markup.Trusted(Style())}
        </style>
        </head>
        <body>
        {body}
        </body>
        </html>

        """).ToString();

    private static Markup Reading(Results results) => Markup.Of($"""
        <section id="reading">
        <h2>How to read the numbers</h2>
        <p>A claim is decided on intervals, never on points. It <b>holds</b> when every row's interval lies inside the bound, <b>fails</b> when at least one lies outside even when it is corrected for the number of rows, and is <b>inconclusive</b> when one reaches across or an explosion of perplexity did not pass its gate. Differences are in nats per token: 0.69 nats is twice the perplexity, 2.3 nats ten times.</p>
        <p>In the drawings the shaded range is what the bound asks, the line with a dot is the interval with the measured number{(results.Checkpoints.Count > 1 ? " (checkpoints from top to bottom)" : "")}, and the diamond is the paper's number on LLaMA-2-7B, an arrow where it lies beyond the drawing.</p>
        </section>

        """);

    private static string Style()
    {
        using StreamReader reader = new(typeof(Page).Assembly.GetManifestResourceStream(StyleResource)!);
        return reader.ReadToEnd();
    }
}
