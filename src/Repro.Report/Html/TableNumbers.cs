using System.Globalization;
using Repro.Harness.Goldens;
using Repro.Report.Model;

namespace Repro.Report.Html;

/// <summary>What a table's measurement holds besides perplexity: quantities, regions, and where its golden differs.</summary>
internal static class TableNumbers
{
    /// <summary>The numbers of one table on one checkpoint, a click away.</summary>
    /// <param name="table">The table.</param>
    /// <param name="differences">Where its golden differs; null where there is none.</param>
    /// <param name="checkpoint">Whose numbers they are, or null where that needs no saying.</param>
    public static Markup Of(TableResult table, IReadOnlyList<string>? differences, string? checkpoint)
    {
        Markup[] tables = [Texts(table), Quantities(table), Regions(table), Differences(differences)];
        string whose = checkpoint is null ? "" : $" on {checkpoint}";
        return Markup.Of($"<details class=\"raw\"><summary>everything measured for “{table.Title}”{whose}</summary>\n{tables}</details>\n");
    }

    private static Markup Texts(TableResult table)
    {
        if (table.Texts.Count == 0)
            return Markup.Empty;
        string[] conditions = [.. table.Texts.Values.SelectMany(l => l.NatsPerToken.Keys).Distinct()];
        return Markup.Of($"""
            <h4>Perplexity of every condition, every random draw among them</h4>
            {Tables.Of(
                $"Perplexities of {table.Title}",
                Tables.Cells(["condition", .. table.Texts.Keys]),
                conditions.Select(c => Tables.Cells([c, .. table.Texts.Values.Select(l => l.NatsPerToken.TryGetValue(c, out double nats) ? Numbers.Perplexity(nats) : "–")]))
                    .Prepend(Tables.Cells(["predicted tokens", .. table.Texts.Values.Select(l => l.Tokens.ToString("#,0", CultureInfo.InvariantCulture))])))}
            """);
    }

    private static Markup Quantities(TableResult table) => table.Quantities is not { Count: > 0 } quantities ? Markup.Empty : Markup.Of($"""
        <h4>Other quantities</h4>
        {Tables.Of(
            $"Quantities of {table.Title}",
            Tables.Cells("quantity", "value, with 95 % interval", "unit"),
            quantities.Select(q => Tables.Cells(q.Key, Numbers.Interval(q.Value.Value, q.Value.Low, q.Value.High), q.Value.Unit)))}
        """);

    private static Markup Regions(TableResult table) => table.Regions.Count == 0 ? Markup.Empty : Markup.Of($"""
        <h4>Regions</h4>
        {Tables.Of(
            $"Regions of {table.Title}",
            Tables.Cells("region", "weights", "of", "overlap of the sample's halves", "SHA-256"),
            table.Regions.Select(r => Tables.Cells(
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
