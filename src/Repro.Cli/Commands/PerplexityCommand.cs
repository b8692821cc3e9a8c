using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Evaluation;
using Repro.Engine.Files;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Engine.Text;

namespace Repro.Cli.Commands;

/// <summary><c>repro perplexity</c>.</summary>
internal static class PerplexityCommand
{
    private const ulong Seed = 1234;
    private const double Level = 0.95;

    // A model that overflows still leaves JSON: the numbers that it has not are written as their names.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static Command Create()
    {
        ModelOptions models = new();
        Option<bool> json = CommonOptions.Json();
        TextOptions text = new();
        EditOptions edits = new();
        Command command = new("perplexity", $"Measures perplexity, exp of the mean negative log-likelihood per token, on a corpus's test split or a file, with a 95 % bootstrap interval over documents, beside the nats of a unigram model of the text and of ln(vocabulary).\n\nExamples:\n  repro perplexity --checkpoint fixtures/tiny --corpus fixtures/corpora\n  repro perplexity --checkpoint fixtures/tiny --text story.txt --remove top.safetensors\n  repro perplexity --checkpoint fixtures/tiny --text story.txt --scale {ModelLayout.Of(KnownShapes.Llama2Of7B).Name(WeightRole.InputNorm, 0)}[5]=10 --json")
        {
            json,
        };
        models.AddTo(command);
        text.AddTo(command);
        edits.AddTo(command);
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                LlamaConfig config = models.Config(result);
                Intervention edit = edits.Read(result);
                DocumentReader reader = new(config, models.Folder(result));
                (string Language, IReadOnlyList<int[]> Documents)[] texts = [.. text.Read(result, reader, Split.Test)];
                Terminals.Note(reader);
                MemoryPlan plan = models.Machine(result).ForEvaluation(config, config.WeightType, Evaluator.BatchTokens([.. texts.SelectMany(t => t.Documents)], models.Device(result)));
                using LlamaModel model = models.Load(result, plan, texts.Sum(t => Tokens(t.Documents)));
                using IDisposable applied = edit.Apply(model);
                SortedDictionary<string, object> all = new(StringComparer.Ordinal);
                InputException? broken = null;
                Terminals.WithProgress("perplexity", bar =>
                {
                    WorkDisplay display = new(bar, "tokens");
                    long total = texts.Sum(t => Tokens(t.Documents));
                    long done = 0;
                    foreach ((string language, IReadOnlyList<int[]> documents) in texts)
                    {
                        Measurement measurement = Evaluator.Measure(
                            model, documents, share => display.Show(done + (share * Tokens(documents)), total, $"perplexity {language}"), cancellation);
                        done += Tokens(documents);
                        if (!double.IsFinite(measurement.NatsPerToken))
                            broken ??= NonFinite.Complaint(model, documents, language.Length == 0 ? "The perplexity" : $"The perplexity of '{language}'");
                        if (result.GetValue(json))
                            all[language] = Numbers(measurement);
                        else
                            Terminals.Result(Line(language, measurement, documents, Math.Log(model.Config.VocabularySize)));
                    }
                });
                if (result.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(all.GetValueOrDefault("", all), Json));
                return broken is null ? ExitCode.Success : throw broken;
            },
            CancellationToken.None));
        return command;
    }

    private static long Tokens(IReadOnlyList<int[]> documents) => documents.Sum(d => d.Length - 1L);

    private static string Line(string language, Measurement measurement, IReadOnlyList<int[]> documents, double uniform)
    {
        Interval interval = PairedBootstrap.Percentile(measurement.Perplexity, PairedBootstrap.Resample(measurement, Seed).Select(Math.Exp), Level);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{language,-2} perplexity {interval.Value:F3} [{interval.Low:F3}, {interval.High:F3}]  nats per token {measurement.NatsPerToken:F4} (unigram {UnigramModel.NatsPerToken(documents):F4}, uniform {uniform:F4})  tokens {measurement.Tokens}  documents {documents.Count}\n");
    }

    private static object Numbers(Measurement measurement) => new
    {
        perplexity = measurement.Perplexity,
        nll = measurement.Documents.Sum(d => d.Nll),
        tokens = measurement.Tokens,
        documents = measurement.Documents.Select(d => new { nll = d.Nll, tokens = d.Tokens }),
    };
}
