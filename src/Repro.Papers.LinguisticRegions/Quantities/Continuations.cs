using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>
/// Figure 4 by numbers: texts begun in English are continued by the model with one weight of its first input norm multiplied by 4, and judged by the
/// untouched model's perplexity of them and by distinct-2 (Li et al., 2016), the share of word pairs that are not repetitions.
/// </summary>
public static class Continuations
{
    /// <summary>The paper's prompt.</summary>
    public const string Prompt = "Fudan University is located in";

    private const int Prompts = 16;
    private const int PromptTokens = 6;
    private const int Length = 20;
    private const double Temperature = 1;

    private static Language[] Read { get; } = [PaperLanguages.Get("en")];

    /// <summary>The edits of Figure 4: the most important weight, and a random one.</summary>
    public static IReadOnlyList<NormWeightEdited> Edited { get; } =
        [new(0, new ResidualDimension(1), NormWeightChange.TimesFour), new(0, ResidualDimension.Random(0), NormWeightChange.TimesFour)];

    /// <summary>All quantities.</summary>
    public static IReadOnlyList<Quantity> All { get; } =
    [
        .. from edit in Edited
           from quantity in new[]
           {
               new Quantity(Surprise(edit), "nats per token of the continuations to the untouched model, less those of its own continuations", 0.1, (session, context) => MeasureSurprise(session, edit, context)) { Texts = Read },
               new Quantity(Distinct(edit), "distinct-2 of the untouched model's continuations, less that of these", 0.03, (session, context) => MeasureDistinct(session, edit, context)) { Texts = Read },
           }
           select quantity,
    ];

    /// <summary>Key of the rise in nats.</summary>
    public static string Surprise(NormWeightEdited edit) => $"surprise: {edit.Id}";

    /// <summary>Key of the fall in distinct-2.</summary>
    public static string Distinct(NormWeightEdited edit) => $"distinct-2: {edit.Id}";

    /// <summary>The paper's prompt continued greedily under a condition.</summary>
    public static string Text(ModelSession session, EditedCondition condition, RunContext context) => session.Result(
        "continuation",
        condition.Id,
        () => session.Under(condition, model =>
        {
            int[] ids = [session.Texts.Bos, .. session.Texts.Encode(Prompt)];
            int[] generated = [.. TextGeneration.Generate(model, ids, Length, temperature: 0, seed: 0, context.Cancellation)];
            return new Continuation([session.Texts.Decode([.. ids[1..], .. generated]).Trim()]);
        })).Texts[0];

    private static Resampled MeasureSurprise(ModelSession session, NormWeightEdited edit, RunContext context)
    {
        DocumentScore[] own = Score(session, Continued(session, Condition.Base, context));
        DocumentScore[] edited = Score(session, Continued(session, edit, context));
        return Resampled.Over(own.Length, choice => Nats(edited, choice) - Nats(own, choice), Seed(session));
    }

    private static Resampled MeasureDistinct(ModelSession session, NormWeightEdited edit, RunContext context)
    {
        PairCount[] own = [.. Continued(session, Condition.Base, context).Select(Pairs)];
        PairCount[] edited = [.. Continued(session, edit, context).Select(Pairs)];
        return Resampled.Over(own.Length, choice => DistinctPairs(own, choice) - DistinctPairs(edited, choice), Seed(session));
    }

    // One seed for all: the same prompts are drawn for both edits, so that their difference is paired.
    private static ulong Seed(ModelSession session) => SplitMix.Derive(session.Profile.Seed, "continuations");

    private static int[][] Continued(ModelSession session, EditedCondition condition, RunContext context) => session.Result(
        "continuations",
        condition.Id,
        () => session.Under(condition, model =>
        {
            IEnumerable<int[]> prompts = session.Texts.Test(PaperLanguages.Get("en")).Where(d => d.Length > PromptTokens).Take(Prompts).Select(d => d[..PromptTokens]);
            return new ContinuedPrompts([.. prompts.Select((prompt, i) => (int[])
            [
                .. prompt,
                .. TextGeneration.Generate(model, prompt, Length, Temperature, SplitMix.Derive(session.Profile.Seed, $"continuation {i}"), context.Cancellation),
            ])]);
        })).Ids;

    // What the continuation alone adds: the prompt's own share is taken off.
    private static DocumentScore[] Score(ModelSession session, int[][] documents) => session.Under(Condition.Base, model =>
    {
        Measurement whole = Evaluator.Measure(model, documents);
        Measurement prompts = Evaluator.Measure(model, [.. documents.Select(d => d[..PromptTokens])]);
        return whole.Documents.Zip(prompts.Documents, (w, p) => new DocumentScore(w.Nll - p.Nll, w.Tokens - p.Tokens)).ToArray();
    });

    private static double Nats(DocumentScore[] scores, int[] choice) =>
        choice.Sum(i => scores[i].Nll) / Math.Max(1, choice.Sum(i => scores[i].Tokens));

    private static PairCount Pairs(int[] document)
    {
        (int, int)[] pairs = [.. document.Skip(PromptTokens).Zip(document.Skip(PromptTokens + 1))];
        return new PairCount(pairs.Length, pairs.Distinct().Count());
    }

    private static double DistinctPairs(PairCount[] documents, int[] choice)
    {
        int pairs = choice.Sum(i => documents[i].All);
        return pairs == 0 ? 0 : choice.Sum(i => documents[i].Distinct) / (double)pairs;
    }

    private readonly record struct PairCount(int All, int Distinct);

    private sealed record Continuation(string[] Texts);

    private sealed record ContinuedPrompts(int[][] Ids);
}
