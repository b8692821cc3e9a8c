using System.Globalization;
using Repro.Harness.Measuring;

namespace Repro.Harness.Goldens;

/// <summary>Compares a result with its golden: what is discrete exactly, what is measured within the golden's tolerance.</summary>
public static class GoldenComparer
{
    // Numbers of goldens are rounded; two equal ones may differ by the last bit of a double.
    private const double Rounding = 1e-12;

    /// <summary>Compares two tables.</summary>
    /// <param name="golden">The golden; its tolerances count.</param>
    /// <param name="received">The result.</param>
    /// <returns>One sentence per difference; empty where they match.</returns>
    public static IReadOnlyList<string> Differences(TableResult golden, TableResult received)
    {
        List<string> found = [];
        Provenances(found, golden.Provenance, received.Provenance);
        foreach (string condition in SameKeys(found, "condition", golden.Conditions, received.Conditions))
            Same(found, $"{condition}: tolerance", golden.Conditions[condition], received.Conditions[condition]);
        foreach (string text in SameKeys(found, "text", golden.Texts, received.Texts))
            Texts(found, text, golden, received);
        foreach (string region in SameKeys(found, "region", golden.Regions, received.Regions))
            Regions(found, region, golden, received);
        IReadOnlyDictionary<string, QuantityResult> none = new Dictionary<string, QuantityResult>();
        foreach (string id in SameKeys(found, "quantity", golden.Quantities ?? none, received.Quantities ?? none))
            Close(found, id, golden.Quantities![id].Value, received.Quantities![id].Value, new Tolerance(golden.Quantities[id].Tolerance, ""));
        return found;
    }

    /// <summary>Compares a claim's verdict and numbers.</summary>
    /// <inheritdoc cref="Differences(TableResult, TableResult)"/>
    public static IReadOnlyList<string> Differences(ClaimSnapshot golden, ClaimSnapshot received)
    {
        List<string> found = [];
        Same(found, "sentence", golden.Sentence, received.Sentence);
        Same(found, "verdict", golden.Verdict, received.Verdict);
        Same(found, "statistic", golden.Statistic, received.Statistic);
        Same(found, "bound", golden.Bound, received.Bound);
        Same(found, "rationale", golden.Rationale, received.Rationale);
        Same(found, "paper", golden.Paper, received.Paper);
        Same(found, "measured", golden.Measured, received.Measured);
        Same(found, "gates", string.Join("; ", golden.Gates), string.Join("; ", received.Gates));
        Dictionary<string, SnapshotRow> before = golden.Rows.ToDictionary(r => r.Label);
        Dictionary<string, SnapshotRow> after = received.Rows.ToDictionary(r => r.Label);
        foreach (string label in SameKeys(found, "row", before, after))
        {
            (SnapshotRow a, SnapshotRow b) = (before[label], after[label]);
            Tolerance tolerance = new(a.Tolerance, "");
            Same(found, $"{label}: paper", a.Paper, b.Paper);
            CloseOrNone(found, $"{label}: estimate", a.Estimate, b.Estimate, tolerance);
            CloseOrNone(found, $"{label}: low end", a.Low, b.Low, tolerance);
            CloseOrNone(found, $"{label}: high end", a.High, b.High, tolerance);
        }

        return found;
    }

    /// <summary>Compares verdicts under readings.</summary>
    /// <inheritdoc cref="Differences(TableResult, TableResult)"/>
    public static IReadOnlyList<string> Differences(RobustnessGolden golden, RobustnessGolden received)
    {
        List<string> found = [];
        Provenances(found, golden.Provenance, received.Provenance);
        foreach (string claim in SameKeys(found, "claim", golden.Claims, received.Claims))
        {
            foreach (string reading in SameKeys(found, $"{claim}: reading", golden.Claims[claim], received.Claims[claim]))
                Same(found, $"{claim} under {reading}", golden.Claims[claim][reading], received.Claims[claim][reading]);
        }

        return found;
    }

    /// <summary>Compares verdicts on the untrained checkpoint.</summary>
    /// <inheritdoc cref="Differences(TableResult, TableResult)"/>
    public static IReadOnlyList<string> Differences(UntrainedGolden golden, UntrainedGolden received)
    {
        List<string> found = [];
        Provenances(found, golden.Provenance, received.Provenance);
        foreach (string claim in SameKeys(found, "claim", golden.Claims, received.Claims))
            Same(found, claim, golden.Claims[claim], received.Claims[claim]);
        return found;
    }

    private static void Provenances(List<string> found, Provenance golden, Provenance received)
    {
        Same(found, "profile", golden.Profile, received.Profile);
        Same(found, "device class", golden.DeviceClass, received.DeviceClass);
        Same(found, "checkpoint", golden.Checkpoint, received.Checkpoint);
        Same(found, "corpus", golden.Corpus, received.Corpus);
        Same(found, "further corpus", golden.FurtherCorpus, received.FurtherCorpus);
        Same(found, "untrained", golden.Untrained, received.Untrained);
        foreach (string reading in SameKeys(found, "reading", golden.Readings, received.Readings))
            Same(found, $"reading of {reading}", golden.Readings[reading], received.Readings[reading]);
        Same(found, "sample sizes", string.Join('/', golden.SampleSizes), string.Join('/', received.SampleSizes));
        Same(found, "seed", golden.Seed, received.Seed);
    }

    private static void Texts(List<string> found, string name, TableResult golden, TableResult received)
    {
        TextResult a = golden.Texts[name];
        TextResult b = received.Texts[name];
        Same(found, $"{name}: documents", a.Documents, b.Documents);
        Same(found, $"{name}: tokens", a.Tokens, b.Tokens);
        Close(found, $"{name}: unigram nats", a.UnigramNats, b.UnigramNats, golden.Tolerances.Base);
        double unedited = a.NatsPerToken.GetValueOrDefault(Condition.Base.Id, double.PositiveInfinity);
        foreach (string condition in SameKeys(found, $"{name}: condition", a.NatsPerToken, b.NatsPerToken))
        {
            if (golden.Conditions.TryGetValue(condition, out ToleranceClass kind))
                Close(found, $"{name}: nats per token, {condition}", a.NatsPerToken[condition], b.NatsPerToken[condition], golden.Tolerances.Of(kind, a.NatsPerToken[condition] - unedited));
            else
                found.Add($"{name}: nats per token, {condition}: the golden does not say how far it may move");
        }
    }

    private static void Regions(List<string> found, string name, TableResult golden, TableResult received)
    {
        RegionFacts a = golden.Regions[name];
        RegionFacts b = received.Regions[name];
        Same(found, $"{name}: population", a.Population, b.Population);
        foreach (string tensor in SameKeys(found, $"{name}: tensor", a.PerTensor, b.PerTensor))
        {
            if (a.IsDifference)
                Close(found, $"{name}: members of {tensor}", a.PerTensor[tensor], b.PerTensor[tensor], golden.Tolerances.Ties);
            else
                Same(found, $"{name}: members of {tensor}", a.PerTensor[tensor], b.PerTensor[tensor]);
        }

        if (a.TiesAtThreshold is { } ties && b.TiesAtThreshold is { } tiesReceived)
            Close(found, $"{name}: ties at the threshold", ties, tiesReceived, golden.Tolerances.Ties);
        if (a.HalfOverlap is { } overlap && b.HalfOverlap is { } overlapReceived)
            Close(found, $"{name}: overlap of the halves", overlap, overlapReceived, golden.Tolerances.Overlap);
    }

    private static IEnumerable<string> SameKeys<T>(List<string> found, string what, IReadOnlyDictionary<string, T> golden, IReadOnlyDictionary<string, T> received)
    {
        found.AddRange(golden.Keys.Except(received.Keys).Select(k => $"{what} '{k}' is in the golden and was not measured"));
        found.AddRange(received.Keys.Except(golden.Keys).Select(k => $"{what} '{k}' was measured and is not in the golden"));
        return golden.Keys.Intersect(received.Keys);
    }

    private static void Same<T>(List<string> found, string what, T golden, T received)
    {
        if (!EqualityComparer<T>.Default.Equals(golden, received))
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {received}, golden {golden}"));
    }

    // A statistic may have no number, as the share that is lost of what is hardly known; a perplexity that is no number is found in its table.
    private static void CloseOrNone(List<string> found, string what, double golden, double received, Tolerance tolerance)
    {
        if (!double.IsNaN(golden) || !double.IsNaN(received))
            Close(found, what, golden, received, tolerance);
    }

    private static void Close(List<string> found, string what, double golden, double received, Tolerance tolerance)
    {
        double difference = Math.Abs(received - golden);
        if (!(difference <= tolerance.Value + Rounding))
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {received}, golden {golden}, {difference / tolerance.Value:F1} times its tolerance of {tolerance.Value:0.####}"));
    }
}
