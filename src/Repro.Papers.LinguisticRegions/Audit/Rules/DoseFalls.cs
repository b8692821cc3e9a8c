using System.Globalization;

namespace Repro.Papers.LinguisticRegions.Audit.Rules;

/// <summary>Removing more hurts more.</summary>
internal static class DoseFalls
{
    // An exploded perplexity is chaotic: a fall of under a fifth says nothing.
    private const double ChaoticNats = 0.2;

    // Cells near the base repeat to a tenth of this between tables.
    private const double QuietNats = 0.01;

    public static AuditRule Rule { get; } = new(
        "dose",
        "Perplexity does not fall when more is removed (a Top by a fifth, another region by 1 %).",
        Find);

    private static IEnumerable<Finding> Find(AuditedPaper paper)
    {
        // A trained model has had time to change.
        var removals = paper.Distinct.Where(c => c.Setting is { Region: not null and not "Base", RegionLanguage: null, Trained: null or Setting.Untrained });
        var columns = removals.GroupBy(c => c.Setting with { Subject = null, Ratio = null, Dimensions = null })
            .Select(series => series.GroupBy(c => c.Setting.Subject).SelectMany(Falls).ToList());
        return columns.SelectMany(steps => steps
            .GroupBy(s => (Dose(s.Cell), s.Cell.Table))
            .SelectMany(g => Breaches.Report(Rule.Name, [.. g.Where(s => s.Breach is not null).Select(s => s.Breach!)], g.Count())));
    }

    private static IEnumerable<(PublishedCell Cell, Breach? Breach)> Falls(IEnumerable<PublishedCell> subject)
    {
        PublishedCell? most = null;
        foreach (PublishedCell cell in subject.OrderBy(Dose).ThenBy(c => c.Table))
        {
            if (most is not null && Dose(cell) > Dose(most))
            {
                double fall = most.Nats - cell.Nats;
                double tolerated = cell.Setting.Region == "Top" ? ChaoticNats : QuietNats;
                string expected = $"at least {most.Printed}, as at {Amount(most)}{Wording.Elsewhere(most, cell)}";
                yield return (cell, fall > tolerated ? new Breach(cell, fall, $"{cell.Printed} ({Times(fall)})", expected) : null);
            }

            most = most is null || cell.Nats > most.Nats ? cell : most;
        }
    }

    private static double Dose(PublishedCell cell) => cell.Setting.Dimensions ?? cell.Setting.Ratio ?? 0;

    private static string Amount(PublishedCell cell) =>
        cell.Setting.Dimensions is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n} dimensions") : Wording.Ratio(Dose(cell));

    private static string Times(double fall) => fall < Math.Log(2) ? Wording.Percent(-fall) : $"{Wording.Factor(fall)} times less";
}
