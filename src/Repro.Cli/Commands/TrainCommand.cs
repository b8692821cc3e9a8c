using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Text;
using Repro.Engine.Training;

namespace Repro.Cli.Commands;

/// <summary><c>repro train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Option<string[]> corpus = new("--corpus") { Description = "Corpus folder; may be given more than once.", Required = true };
        Option<string[]> heldOut = new("--hold-out") { Description = "Corpus folder of which no line is trained on; may be given more than once." };
        Option<long?> mostTokens = new("--language-tokens") { Description = "Most training tokens of a language, so that none outweighs the others." };
        Option<string> output = new("--out") { Description = "Folder for the checkpoint.", Required = true };
        Option<string?> shape = new("--shape") { Description = "config.json with the shape of a new model." };
        Option<string?> from = new("--from") { Description = "Checkpoint to go on from." };
        Option<string?> freeze = new("--freeze") { Description = "Region file whose weights keep the values of --from." };
        Option<string?> tokenizer = new("--tokenizer") { Description = "tokenizer.model or tokenizer.json; default: the one beside --shape or in --from." };
        Option<int> steps = new("--steps") { Description = "Optimizer steps.", DefaultValueFactory = _ => 3000 };
        Option<double?> minutes = new("--minutes") { Description = "Train about this long instead of a number of steps." };
        Option<int[]> keepAt = new("--keep-at") { Description = "Steps after which the checkpoint is kept as well, in checkpoint-STEP of --out; for 'repro audit' of training's stages.", AllowMultipleArgumentsPerToken = true };
        Option<ulong> seed = new("--seed") { Description = "Seed of weights and order.", DefaultValueFactory = _ => 1234 };
        Option<double> learningRate = new("--learning-rate") { Description = "Highest learning rate.", DefaultValueFactory = _ => 6e-3 };
        Option<int> batch = new("--batch") { Description = "Windows per step.", DefaultValueFactory = _ => 16 };
        Option<int> microBatch = new("--micro-batch") { Description = "Windows per backward pass; 0 takes a step's windows in one. A small model's passes run side by side.", DefaultValueFactory = _ => 4 };
        Option<int> warmUp = new("--warm-up") { Description = "Steps of warm-up.", DefaultValueFactory = _ => 200 };
        Option<double> weightDecay = new("--weight-decay") { Description = "Weight decay, on every parameter.", DefaultValueFactory = _ => 0.1 };

        Command command = new("train", "Trains a checkpoint from a corpus; a run that was stopped goes on where it was.\n\nExamples:\n  repro train --corpus texts --shape fixtures/tiny/config.json --minutes 5 --out runs/mine\n  repro train --corpus texts --hold-out mine --language-tokens 150000 --shape fixtures/tiny/config.json --out runs/alike\n  repro train --corpus texts --shape fixtures/tiny/config.json --steps 3600 --keep-at 360 1200 --out runs/stages\n  repro train --corpus texts --from runs/mine --steps 200 --learning-rate 1e-3 --freeze top.safetensors --out runs/further")
        {
            corpus, heldOut, mostTokens, output, shape, from, freeze, tokenizer, steps, minutes, keepAt, seed, learningRate, batch, microBatch, warmUp, weightDecay,
        };
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                Check(result.GetValue(steps), result.GetValue(batch), result.GetValue(mostTokens) ?? 1, result.GetValue(minutes) ?? 1, result.GetValue(learningRate), result.GetValue(microBatch), result.GetValue(warmUp), result.GetValue(weightDecay));
                string? shapePath = result.GetValue(shape);
                TrainingRequest request = new()
                {
                    CorpusFolders = result.GetRequiredValue(corpus),
                    HeldOutFolders = result.GetValue(heldOut) ?? [],
                    MostTokens = result.GetValue(mostTokens),
                    OutputFolder = result.GetRequiredValue(output),
                    Shape = shapePath is null ? null : ConfigReader.Read(shapePath),
                    FromFolder = result.GetValue(from),
                    FreezePath = result.GetValue(freeze),
                    TokenizerPath = result.GetValue(tokenizer)
                        ?? TokenizerFiles.In(result.GetValue(from) ?? Path.GetDirectoryName(shapePath) ?? "."),
                    Minutes = result.GetValue(minutes),
                    KeepAt = result.GetValue(keepAt) ?? [],
                    Command = "repro " + string.Join(' ', result.Tokens.Select(t => t.Value)),
                    Settings = new TrainingSettings
                    {
                        Steps = result.GetValue(steps),
                        BatchSize = result.GetValue(batch),
                        MicroBatch = result.GetValue(microBatch),
                        LearningRate = result.GetValue(learningRate),
                        WarmUpSteps = result.GetValue(warmUp),
                        WeightDecay = result.GetValue(weightDecay),
                        Seed = result.GetValue(seed),
                    },
                };
                Terminals.WithProgress("reading text", bar =>
                {
                    TrainingDisplay display = new(bar);
                    void Started(TrainingText text, int stepsTaken)
                    {
                        Interruption.Keeps($"the steps taken are kept in {request.OutputFolder}");
                        Interruption.LetFinish("the step is finished and a snapshot written, which takes a while for a large model");
                        display.Started(text, stepsTaken);
                    }

                    TrainingRun.Execute(request, Started, display.AfterStep, cancellation);
                });
                return ExitCode.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static void Check(int steps, int batch, long mostTokens, double minutes, double learningRate, int microBatch, int warmUp, double weightDecay)
    {
        if (steps < 1 || batch < 1 || mostTokens < 1)
            throw new InputException("--steps, --batch and --language-tokens must be at least 1.");
        if (!(minutes > 0 && learningRate > 0) || microBatch < 0 || warmUp < 0 || !(weightDecay >= 0))
            throw new InputException("--minutes and --learning-rate must be above 0, --micro-batch, --warm-up and --weight-decay at least 0.");
    }
}
