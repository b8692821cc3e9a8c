using System.Globalization;

namespace Repro.Paper.Goldens;

/// <summary>Compares a result with its golden: what is discrete exactly, what is measured within the golden's tolerance.</summary>
public static class GoldenComparer
{
    /// <summary>Compares two experiments.</summary>
    /// <param name="golden">The golden; its tolerances count.</param>
    /// <param name="received">The result.</param>
    /// <returns>One sentence per difference; empty where they match.</returns>
    public static IReadOnlyList<string> Differences(ExperimentGolden golden, ExperimentGolden received)
    {
        List<string> found = [];
        Provenances(found, golden.Provenance, received.Provenance);
        foreach (string language in SameKeys(found, "language", golden.Languages, received.Languages))
            Languages(found, language, golden, received);
        foreach (string region in SameKeys(found, "region", golden.Regions, received.Regions))
            Regions(found, region, golden, received);
        IReadOnlyDictionary<string, QuantityGolden> none = new Dictionary<string, QuantityGolden>();
        foreach (string id in SameKeys(found, "quantity", golden.Quantities ?? none, received.Quantities ?? none))
            Close(found, id, golden.Quantities![id].Value, received.Quantities![id].Value, new Tolerance(golden.Quantities[id].Tolerance, ""));
        return found;
    }

    /// <summary>Compares the verdicts of a run with the expected ones; claims that the run did not decide are left out.</summary>
    /// <inheritdoc cref="Differences(ExperimentGolden, ExperimentGolden)"/>
    public static IReadOnlyList<string> Differences(ClaimsGolden golden, ClaimsGolden received)
    {
        List<string> found = [];
        Provenances(found, golden.Provenance, received.Provenance);
        foreach ((string id, ExpectedVerdict verdict) in received.Claims)
        {
            if (!golden.Claims.TryGetValue(id, out ExpectedVerdict? expected))
                found.Add($"{id}: there is no expected verdict");
            else if (expected.Verdict != verdict.Verdict)
                found.Add($"{id}: {verdict.Verdict}, expected {expected.Verdict}");
            else
                Close(found, $"{id}: least margin", expected.LeastMargin, verdict.LeastMargin, golden.Margin);
        }

        return found;
    }

    /// <summary>Compares verdicts under readings.</summary>
    /// <inheritdoc cref="Differences(ExperimentGolden, ExperimentGolden)"/>
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
    /// <inheritdoc cref="Differences(ExperimentGolden, ExperimentGolden)"/>
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
        Same(found, "importance reading", golden.ImportanceReading, received.ImportanceReading);
        Same(found, "sample reading", golden.SampleReading, received.SampleReading);
        Same(found, "norm reading", golden.NormReading, received.NormReading);
        Same(found, "sample sizes", string.Join('/', golden.SampleSizes), string.Join('/', received.SampleSizes));
        Same(found, "seed", golden.Seed, received.Seed);
    }

    private static void Languages(List<string> found, string name, ExperimentGolden golden, ExperimentGolden received)
    {
        LanguageGolden a = golden.Languages[name];
        LanguageGolden b = received.Languages[name];
        Same(found, $"{name}: documents", a.Documents, b.Documents);
        Same(found, $"{name}: tokens", a.Tokens, b.Tokens);
        Close(found, $"{name}: unigram nats", a.UnigramNats, b.UnigramNats, golden.Tolerances.Base);
        foreach (string condition in SameKeys(found, $"{name}: condition", a.NatsPerToken, b.NatsPerToken))
        {
            Tolerance tolerance = condition == Experiments.Conditions.Condition.Base.Id ? golden.Tolerances.Base
                : condition.EndsWith(" documents", StringComparison.Ordinal) ? golden.Tolerances.Trained
                : golden.Tolerances.Edited;
            Close(found, $"{name}: nats per token, {condition}", a.NatsPerToken[condition], b.NatsPerToken[condition], tolerance);
        }
    }

    private static void Regions(List<string> found, string name, ExperimentGolden golden, ExperimentGolden received)
    {
        RegionGolden a = golden.Regions[name];
        RegionGolden b = received.Regions[name];
        Same(found, $"{name}: population", a.Population, b.Population);
        bool differenceOfRegions = name.Contains('%', StringComparison.Ordinal) && !name.Contains(" core ", StringComparison.Ordinal) && !name.StartsWith("random", StringComparison.Ordinal);
        foreach (string tensor in SameKeys(found, $"{name}: tensor", a.PerTensor, b.PerTensor))
        {
            if (differenceOfRegions)
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

    private static void Close(List<string> found, string what, double golden, double received, Tolerance tolerance)
    {
        double difference = Math.Abs(received - golden);
        if (!(difference <= tolerance.Value))
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {received}, golden {golden}, {difference / tolerance.Value:F1} times its tolerance of {tolerance.Value}"));
    }
}
