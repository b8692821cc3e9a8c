using System.CommandLine;
using Repro.Cli.Completion;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Engine.Text;

namespace Repro.Cli.Commands;

/// <summary><c>repro importance</c>.</summary>
internal static class ImportanceCommand
{
    public static Command Create()
    {
        ModelOptions models = new();
        Option<int> samples = new("--samples") { Description = "Most documents to use.", DefaultValueFactory = _ => 10_000 };
        Option<int> microBatch = new("--micro-batch") { Description = "Documents per backward pass.", DefaultValueFactory = _ => 10 };
        Option<ImportanceReading> reading = new Option<ImportanceReading>("--reading") { Description = "signed: gradients are summed first (the released code); absolute: magnitudes are (the paper's words).", DefaultValueFactory = _ => ImportanceReading.Signed }.WithWords("signed", "absolute");
        Option<string> output = new("--out") { Description = "safetensors file to write.", Required = true };
        TextOptions text = new();
        Command command = new("importance", "Computes the first-order importance of every weight (Eq. 4) on a corpus's train split or a file.\n\nExamples:\n  repro importance --checkpoint fixtures/tiny --corpus fixtures/corpora --language ru --out ru.safetensors\n  repro importance --checkpoint fixtures/tiny --text story.txt --samples 100 --reading absolute --out story.safetensors")
        {
            samples, microBatch, reading, output,
        };
        models.AddTo(command);
        text.AddTo(command);
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                if (result.GetValue(samples) < 1 || result.GetValue(microBatch) < 1)
                    throw new InputException("--samples and --micro-batch must be at least 1.");
                string folder = models.Folder(result);
                LlamaConfig config = models.Config(result);
                DocumentReader reader = new(config, folder);
                (string language, IReadOnlyList<int[]> all) = text.ReadOne(result, reader, Split.Train);
                Terminals.Note(reader);
                int[][] documents = [.. all.Take(result.GetValue(samples))];
                long batchTokens = Math.Min(result.GetValue(microBatch), documents.Length) * documents.Max(d => d.Length - 1L);
                MemoryPlan plan = models.Machine(result, Path.GetDirectoryName(Path.GetFullPath(result.GetRequiredValue(output)))!).ForImportance(config, config.WeightType, batchTokens);
                long tokens = documents.Sum(d => d.Length - 1L);
                using LlamaModel model = models.Load(result, plan, (plan.TokensTogether > 0 ? 4 : 3) * tokens);
                Terminals.WithProgress("importance", bar =>
                {
                    WorkDisplay display = new(bar, "tokens");
                    ImportanceMap.Write(
                        result.GetRequiredValue(output),
                        new Dictionary<string, string> { ["checkpoint"] = Checkpoint.Hash(folder), ["language"] = language },
                        model,
                        documents,
                        new GradientPass(result.GetValue(microBatch), result.GetValue(reading)) { Placement = plan.Sums, TokensTogether = plan.TokensTogether, TokensPerBackward = MemoryPlanner.TokensPerBackward(model.Device) },
                        share => display.Show(share * tokens, tokens, "importance"),
                        cancellation);
                });
                Terminals.Say($"{documents.Length} documents; importance written to {result.GetRequiredValue(output)}");
                return ExitCode.Success;
            },
            CancellationToken.None));
        return command;
    }
}
