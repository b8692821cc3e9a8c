using Repro.Engine.Cores;
using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Measuring;
using Repro.Papers.LinguisticRegions.Conditions;
using Repro.Papers.LinguisticRegions.Languages;

namespace Repro.Papers.LinguisticRegions.Quantities;

/// <summary>
/// Figure 4 by numbers: texts begun in English are continued by the model with one weight of its first input norm multiplied by 4, and judged by the
/// untouched model's perplexity of them and by seq-rep-4 (Welleck et al., 2020), the share of runs of four tokens that stood before.
/// </summary>
public static class Continuations
{
    /// <summary>The paper's prompt.</summary>
    public const string Prompt = "Fudan University is located in";

    private const int Prompts = 64;
    private const int PromptTokens = 6;
    private const int Length = 100;
    private const int ShownLength = 20;
    private const int RunLength = 4;

    // Together in one batch, whatever the number of cores.
    private const int PromptsTogether = 16;
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
               new Quantity(Repetition(edit), "seq-rep-4 of the continuations, less that of the untouched model's", 0.03, (session, context) => MeasureRepetition(session, edit, context)) { Texts = Read },
           }
           select quantity,
    ];

    /// <summary>Key of the rise in nats.</summary>
    public static string Surprise(NormWeightEdited edit) => $"surprise: {edit.Id}";

    /// <summary>Key of the rise in repetition.</summary>
    public static string Repetition(NormWeightEdited edit) => $"seq-rep-4: {edit.Id}";

    /// <summary>The paper's prompt continued greedily under a condition.</summary>
    public static string Text(ModelSession session, EditedCondition condition, RunContext context) => session.Result(
        "continuation",
        condition.Id,
        () => session.Under(condition, model =>
        {
            int[] ids = [session.Texts.Bos, .. session.Texts.Encode(Prompt)];
            int[] generated = [.. TextGeneration.Generate(model, ids, ShownLength, temperature: 0, seed: 0, context.Cancellation)];
            return new Continuation([session.Texts.Decode([.. ids[1..], .. generated]).Trim()]);
        })).Texts[0];

    private static Resampled MeasureSurprise(ModelSession session, NormWeightEdited edit, RunContext context)
    {
        DocumentScore[] own = Score(session, Continued(session, Condition.Base, context));
        DocumentScore[] edited = Score(session, Continued(session, edit, context));
        return Resampled.Over(own.Length, choice => Nats(edited, choice) - Nats(own, choice), Seed(session));
    }

    private static Resampled MeasureRepetition(ModelSession session, NormWeightEdited edit, RunContext context)
    {
        (int Runs, int Distinct)[] own = [.. Continued(session, Condition.Base, context).Select(Runs)];
        (int Runs, int Distinct)[] edited = [.. Continued(session, edit, context).Select(Runs)];
        return Resampled.Over(own.Length, choice => Repeated(edited, choice) - Repeated(own, choice), Seed(session));
    }

    // One seed for all: the same prompts are drawn for both edits, so that their difference is paired.
    private static ulong Seed(ModelSession session) => SplitMix.Derive(session.Profile.Seed, "continuations");

    private static int[][] Continued(ModelSession session, EditedCondition condition, RunContext context) => session.Result(
        "continuations",
        condition.Id,
        () => session.Under(condition, model =>
        {
            int[][] prompts = [.. session.Texts.Test(PaperLanguages.Get("en")).Where(d => d.Length > PromptTokens).Take(Prompts).Select(d => d[..PromptTokens])];
            int length = Math.Min(Length, session.Config.MaxPositions - PromptTokens);
            int[][] continued = new int[prompts.Length][];
            OneCoreEach.ForEach([.. Enumerable.Range(0, prompts.Length).Chunk(PromptsTogether)], OneCoreEach.Degree(session.Config, model.Device), together =>
            {
                ulong[] seeds = [.. together.Select(i => SplitMix.Derive(session.Profile.Seed, $"continuation {i}"))];
                int[][] generated = TextGeneration.Continue(model, [.. together.Select(i => prompts[i])], length, Temperature, seeds, context.Cancellation);
                foreach ((int i, int[] ids) in together.Zip(generated))
                    continued[i] = [.. prompts[i], .. ids];
            });
            return new ContinuedPrompts(continued);
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

    private static (int Runs, int Distinct) Runs(int[] document)
    {
        int[] written = document[PromptTokens..];
        int runs = Math.Max(0, written.Length - RunLength + 1);
        return (runs, Enumerable.Range(0, runs).Select(i => (written[i], written[i + 1], written[i + 2], written[i + 3])).Distinct().Count());
    }

    private static double Repeated((int Runs, int Distinct)[] documents, int[] choice)
    {
        int runs = choice.Sum(i => documents[i].Runs);
        return runs == 0 ? 0 : 1 - (choice.Sum(i => documents[i].Distinct) / (double)runs);
    }

    private sealed record Continuation(string[] Texts);

    private sealed record ContinuedPrompts(int[][] Ids);
}
