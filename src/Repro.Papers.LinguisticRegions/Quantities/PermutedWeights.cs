using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;
using Repro.Papers.LinguisticRegions.Languages;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>A negative control with a trained model's weights: they are shuffled within each tensor, importance is taken afresh, and the core Top 3 % region is removed.</summary>
public static class PermutedWeights
{
    private const int PartsOfSums = 3;

    private static readonly RegionRemoval Top = new(RegionKind.Top, 0.03);

    /// <summary>What the removal adds to each language of Table 1, bootstrapped over documents.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        .. PaperLanguages.Eleven.Select((language, i) => new Quantity(Key(language), "nats per token that removing the top 3 percent adds", 0.02, (session, context) => Measure(session, language, context))
        {
            Texts = PaperLanguages.Eleven,

            // The first takes the importance that all of them share.
            SamplePasses = i == 0 ? 1 : 0,
            SumsKept = i == 0 ? PartsOfSums : 0,
        }),
    ];

    /// <summary>Key of a language's number.</summary>
    public static string Key(TestText language) => $"permuted weights: top 3% on {language.Key}";

    private static Resampled Measure(ModelSession session, TestText language, RunContext context)
    {
        TextScores scores = session.Result("permuted weights", Top.Id, () => new AllScores(Scores(session, context))).ByText[language.Key];
        ulong seed = SplitMix.Derive(session.Profile.Seed, Key(language));
        PerplexityReading reading = session.Profile.Perplexity;
        (Measurement before, Measurement after) = (Of(scores.Before), Of(scores.After));
        double[] whole = PairedBootstrap.Resample(before, seed, reading);
        double[] removed = PairedBootstrap.Resample(after, seed, reading);
        return new Resampled(after.Nats(reading) - before.Nats(reading), [.. removed.Zip(whole, (a, b) => a - b)]);

        Measurement Of(double[] nll) => new([.. nll.Zip(scores.Tokens, (n, t) => new DocumentScore(n, t))]);
    }

    private static Dictionary<string, TextScores> Scores(ModelSession session, RunContext context)
    {
        using ModelSession permuted = new(session.Configuration with { Weights = MeasuredWeights.Permuted });
        MeasurementPlan plan = new([Condition.Base, Top], PaperLanguages.Eleven);
        MeasurementSet measured = new MeasurementCache(permuted).Measure(plan, [Top.Region], context with { Progress = null });
        return plan.Texts.ToDictionary(t => t.Key, t =>
        {
            IReadOnlyList<DocumentScore> before = measured[Condition.Base, t].Documents;
            return new TextScores([.. before.Select(d => d.Nll)], [.. measured[Top, t].Documents.Select(d => d.Nll)], [.. before.Select(d => d.Tokens)]);
        });
    }

    private sealed record AllScores(Dictionary<string, TextScores> ByText);

    // Losses of each document, nats, and its predicted tokens.
    private sealed record TextScores(double[] Before, double[] After, int[] Tokens);
}
