using System.CommandLine;
using Repro.Cli.Completion;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Engine.Safetensors;

namespace Repro.Cli.Commands;

/// <summary><c>repro checkpoint</c>.</summary>
internal static class CheckpointCommand
{
    public static Command Create()
    {
        Option<string> shape = new Option<string>("--shape") { Description = $"config.json, or {string.Join(", ", KnownShapes.Names)}.", Required = true }.WithShapes();
        Option<string> output = new("--out") { Description = "Folder for the checkpoint.", Required = true };
        Option<string?> type = new Option<string?>("--type") { Description = "float32, bfloat16 or float16; default: the shape's own." }.WithWords("float32", "bfloat16", "float16");
        Option<ulong> seed = new("--seed") { Description = "Seed of the weights.", DefaultValueFactory = _ => 1234 };
        Command random = new("random", "Writes a checkpoint of random weights, tensor by tensor, to try what a machine can hold.\n\nExamples:\n  repro checkpoint random --shape llama2-7b --out runs/random-7b\n  repro checkpoint random --shape fixtures/tiny/config.json --type bfloat16 --seed 7 --out runs/random") { shape, output, type, seed };
        random.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                LlamaConfig config = KnownShapes.Read(result.GetRequiredValue(shape));
                TorchSharp.torch.ScalarType weightType = result.GetValue(type) is { } name ? Dtypes.ParseWeights(name) : config.WeightType;
                string folder = result.GetRequiredValue(output);
                ModelSize size = new(config, weightType);
                double weights = size.BlockWeights + size.OtherWeights;
                Terminals.WithProgress("random weights", bar =>
                {
                    WorkDisplay display = new(bar, "weights");
                    RandomCheckpoint.Write(folder, config, weightType, result.GetValue(seed), share =>
                    {
                        cancellation.ThrowIfCancellationRequested();
                        display.Show(share * weights, weights, "random weights");
                    });
                });
                Terminals.Say($"{ByteSize.Text(size.Weights)} of random weights written to {folder}");
                return ExitCode.Success;
            },
            CancellationToken.None));
        return new Command("checkpoint", "Makes checkpoints.\n\nExamples:\n  repro checkpoint random --shape llama2-7b --out runs/random-7b\n  repro checkpoint random --shape fixtures/tiny/config.json --out runs/random") { random };
    }
}
