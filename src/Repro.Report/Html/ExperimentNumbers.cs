using System.Globalization;
using Repro.Paper.Goldens;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>What an experiment measured besides perplexity: quantities, regions, and where its golden differs.</summary>
internal static class ExperimentNumbers
{
    /// <summary>The numbers of one experiment on one checkpoint, a click away.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="differences">Where its golden differs; null where there is none.</param>
    /// <param name="checkpoint">Whose numbers they are, or null where that needs no saying.</param>
    public static Markup Of(ExperimentGolden experiment, IReadOnlyList<string>? differences, string? checkpoint)
    {
        Markup[] tables = [Languages(experiment), Quantities(experiment), Regions(experiment), Differences(differences)];
        string whose = checkpoint is null ? "" : $" on {checkpoint}";
        return Markup.Of($"<details class=\"raw\"><summary>everything measured for “{experiment.Title}”{whose}</summary>\n{tables}</details>\n");
    }

    private static Markup Languages(ExperimentGolden experiment)
    {
        if (experiment.Languages.Count == 0)
            return Markup.Empty;
        string[] conditions = [.. experiment.Languages.Values.SelectMany(l => l.NatsPerToken.Keys).Distinct()];
        return Markup.Of($"""
            <h4>Perplexity of every condition, every random draw among them</h4>
            {Tables.Of(
                $"Perplexities of {experiment.Title}",
                Tables.Cells(["condition", .. experiment.Languages.Keys]),
                conditions.Select(c => Tables.Cells([c, .. experiment.Languages.Values.Select(l => l.NatsPerToken.TryGetValue(c, out double nats) ? Numbers.Perplexity(nats) : "–")]))
                    .Prepend(Tables.Cells(["predicted tokens", .. experiment.Languages.Values.Select(l => l.Tokens.ToString("#,0", CultureInfo.InvariantCulture))])))}
            """);
    }

    private static Markup Quantities(ExperimentGolden experiment) => experiment.Quantities is not { Count: > 0 } quantities ? Markup.Empty : Markup.Of($"""
        <h4>Other quantities</h4>
        {Tables.Of(
            $"Quantities of {experiment.Title}",
            Tables.Cells("quantity", "value, with 95 % interval", "unit"),
            quantities.Select(q => Tables.Cells(q.Key, Numbers.Interval(q.Value.Value, q.Value.Low, q.Value.High), q.Value.Unit)))}
        """);

    private static Markup Regions(ExperimentGolden experiment) => experiment.Regions.Count == 0 ? Markup.Empty : Markup.Of($"""
        <h4>Regions</h4>
        {Tables.Of(
            $"Regions of {experiment.Title}",
            Tables.Cells("region", "weights", "of", "overlap of the sample's halves", "SHA-256"),
            experiment.Regions.Select(r => Tables.Cells(
                r.Key,
                r.Value.Count.ToString("#,0", CultureInfo.InvariantCulture),
                r.Value.Population.ToString("#,0", CultureInfo.InvariantCulture),
                Numbers.Statistic(r.Value.HalfOverlap),
                r.Value.Hash[..Math.Min(12, r.Value.Hash.Length)])))}
        """);

    private static Markup Differences(IReadOnlyList<string>? differences) => differences is not { Count: > 0 } ? Markup.Empty : Markup.Of($"""
        <h4>Where the golden differs</h4>
        <ul>{differences.Select(d => Markup.Of($"<li>{d}</li>\n"))}</ul>
        """);
}
