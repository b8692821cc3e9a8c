using System.CommandLine;
using Repro.Engine.Evaluation;
using Repro.Engine.Files;
using Repro.Engine.Interventions;
using Repro.Engine.Models;
using Repro.Engine.Text;

namespace Repro.Cli.Commands;

/// <summary><c>repro generate</c>.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        ModelOptions models = new();
        Option<string> prompt = new("--prompt") { Description = "Text to go on from.", Required = true };
        Option<int> tokens = new("--tokens") { Description = "Most tokens to generate.", DefaultValueFactory = _ => 50 };
        Option<double> temperature = new("--temperature") { Description = "0 takes the most likely token; above, tokens are drawn.", DefaultValueFactory = _ => 0 };
        Option<ulong> seed = new("--seed") { Description = "Seed of the draws.", DefaultValueFactory = _ => 1234 };
        EditOptions edits = new();
        Command command = new("generate", "Continues a text, greedily or by seeded sampling.\n\nExamples:\n  repro generate --checkpoint fixtures/tiny --prompt \"The old house\"\n  repro generate --checkpoint fixtures/tiny --prompt \"El mar\" --temperature 0.8 --seed 7 --remove top.safetensors")
        {
            prompt, tokens, temperature, seed,
        };
        models.AddTo(command);
        edits.AddTo(command);
        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                if (result.GetValue(tokens) < 1 || !(result.GetValue(temperature) >= 0))
                    throw new InputException("--tokens must be at least 1 and --temperature at least 0.");
                LlamaConfig config = models.Config(result);
                Intervention edit = edits.Read(result);
                DocumentReader reader = new(config, models.Folder(result));
                IReadOnlyList<int> ids = reader.Prompt(result.GetRequiredValue(prompt));
                if (ids.Count >= config.MaxPositions)
                    throw new InputException($"The prompt has {ids.Count} tokens and the model takes {config.MaxPositions}; shorten it.");
                using LlamaModel model = models.Load(result, models.Machine(result).ForEvaluation(config, config.WeightType, ids.Count + result.GetValue(tokens)), (long)(ids.Count + result.GetValue(tokens)) * result.GetValue(tokens));
                using IDisposable applied = edit.Apply(model);
                int[] generated = [.. TextGeneration.Generate(model, ids, result.GetValue(tokens), result.GetValue(temperature), result.GetValue(seed), cancellation)];
                Console.WriteLine(reader.Decode([.. ids.Skip(1), .. generated]));
                return ExitCode.Success;
            },
            CancellationToken.None));
        return command;
    }
}
