using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Storage;
using Repro.Engine.Text;

namespace Repro.Cli.Commands;

/// <summary><c>repro importance</c>.</summary>
internal static class ImportanceCommand
{
    public static Command Create()
    {
        Option<string> checkpoint = CommonOptions.Checkpoint();
        Option<string> device = CommonOptions.Device();
        Option<int> samples = new("--samples") { Description = "Most documents to use.", DefaultValueFactory = _ => 10_000 };
        Option<int> microBatch = new("--micro-batch") { Description = "Documents per backward pass.", DefaultValueFactory = _ => 10 };
        Option<ImportanceReading> reading = new("--reading") { Description = "signed: gradients are summed first (the released code); absolute: magnitudes are (the paper's words).", DefaultValueFactory = _ => ImportanceReading.Signed };
        Option<string> output = new("--out") { Description = "safetensors file to write.", Required = true };
        TextOptions text = new();
        Command command = new("importance", "Computes the first-order importance of every weight (Eq. 4) on a corpus's train split or a file.\n\nExamples:\n  repro importance --checkpoint fixtures/tiny --corpus fixtures/corpora --language ru --out ru.safetensors\n  repro importance --checkpoint fixtures/tiny --text story.txt --samples 100 --reading absolute --out story.safetensors")
        {
            checkpoint, device, samples, microBatch, reading, output,
        };
        text.AddTo(command);
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                if (result.GetValue(samples) < 1 || result.GetValue(microBatch) < 1)
                    throw new InputException("--samples and --micro-batch must be at least 1.");
                string folder = result.GetRequiredValue(checkpoint);
                using LlamaModel model = Checkpoint.Load(folder, device: Devices.Parse(result.GetRequiredValue(device)));
                Terminals.Note(model.Config);
                (string language, IReadOnlyList<int[]> all) = text.ReadOne(result, new DocumentReader(model.Config, folder), Split.Train);
                int[][] documents = [.. all.Take(result.GetValue(samples))];
                Terminals.WithProgress("importance", bar =>
                {
                    using GradientSums sums = GradientSums.Over(
                        model, documents, result.GetValue(microBatch), result.GetValue(reading), done => Show(bar, done, documents.Length), cancellation: cancellation);
                    using ImportanceMap map = sums.ToMap(model);
                    map.Save(result.GetRequiredValue(output), new Dictionary<string, string> { ["checkpoint"] = Checkpoint.Hash(folder), ["language"] = language });
                });
                Console.WriteLine($"{documents.Length} documents; importance written to {result.GetRequiredValue(output)}");
                return ExitCode.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static void Show(Spectre.Console.ProgressTask? bar, int done, int total)
    {
        if (bar is null)
            return;
        bar.MaxValue = total;
        bar.Value = done;
    }
}
