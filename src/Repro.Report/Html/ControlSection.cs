using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Reporting;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>What the untrained control and the other readings say.</summary>
internal static class ControlSection
{
    /// <summary>The section, or nothing where no checkpoint has controls.</summary>
    public static Markup Of(Results results)
    {
        (string Name, VerificationReport Report)[] controlled = [.. results.Verified().Where(c => c.Report.Untrained is not null || c.Report.Robustness is not null)];
        return controlled.Length == 0 ? Markup.Empty : Markup.Of($"""
            <section id="controls">
            <h2>Controls</h2>
            {controlled.Select(c => Markup.Of($"{(results.Checkpoints.Count > 1 ? Markup.Of($"<h3>{c.Name}</h3>\n") : Markup.Empty)}{Untrained(c.Report)}{Readings(c.Report)}"))}
            </section>

            """);
    }

    private static Markup Untrained(VerificationReport report)
    {
        if (report.Untrained is not { } untrained)
            return Markup.Empty;
        Markup confirmed = untrained.Confirmed.Count == 0
            ? Markup.Of($"<p>{VerdictMark.Symbol(VerdictKind.Holds)} <b>A model that was never trained confirms no claim of an effect</b>, as it must not: {untrained.Claims.Count} claims were asked of random weights in the same shape.</p>\n")
            : Markup.Of($"<p class=\"error\">{VerdictMark.Symbol(VerdictKind.Fails)} <b>A model that was never trained confirms {Links(untrained.Confirmed, report)}.</b> What holds without training can't be what training has made.</p>\n");
        Markup method = untrained.ModelIndependent.Count == 0
            ? Markup.Empty
            : Markup.Of($"<p>It also shows {Links(untrained.ModelIndependent, report)}: true of the method, not of what training has made.</p>\n");
        return Markup.Of($"{confirmed}{method}");
    }

    private static Markup Readings(VerificationReport report)
    {
        if (report.Robustness is not { } robustness)
            return Markup.Empty;
        string[] readings = [.. robustness.Readings.Keys];
        Dictionary<string, string> sentences = report.Verdicts.DistinctBy(v => v.Id).ToDictionary(v => v.Id, v => $"{v.Table}: {v.Sentence}");
        return Markup.Of($"""
            <p><b>{robustness.Claims.Count - robustness.Dependent.Count} of {robustness.Claims.Count} verdicts are the same under every reading</b> of what the paper leaves open.</p>
            <dl class="readings">{robustness.Readings.Select(r => Markup.Of($"<dt>{r.Key}</dt><dd>{r.Value}</dd>\n"))}</dl>
            <details><summary>every verdict under every reading</summary>
            {Tables.Of(
                "Verdicts under every reading",
                Tables.Cells(["claim", "as verified", .. readings]),
                robustness.Claims.Select(c => (IEnumerable<Markup>)
                [
                    Link(c.Key, sentences),
                    .. readings.Prepend(RobustnessGolden.Own).Select(r => c.Value.TryGetValue(r, out VerdictKind kind) ? VerdictMark.Badge(kind) : Tables.Text("")),
                ]))}
            </details>

            """);
    }

    private static Markup Links(IReadOnlyList<string> claims, VerificationReport report)
    {
        Dictionary<string, string> sentences = report.Verdicts.DistinctBy(v => v.Id).ToDictionary(v => v.Id, v => $"{v.Table}: {v.Sentence}");
        return Markup.Of(claims.Select((id, i) => Markup.Of($"{(i == 0 ? "" : "; ")}{Link(id, sentences)}")));
    }

    // A control may have been asked claims that this run was not.
    private static Markup Link(string id, Dictionary<string, string> sentences) =>
        sentences.TryGetValue(id, out string? sentence) ? Markup.Of($"<a href=\"#{Anchors.Claim(id)}\">{sentence}</a>") : Tables.Text(id);
}
