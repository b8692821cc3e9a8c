using System.CommandLine;
using System.Globalization;
using Repro.Cli.Terminal;
using Repro.Engine.Files;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;

namespace Repro.Cli.Commands;

/// <summary><c>repro region</c>.</summary>
internal static class RegionCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "safetensors file to write.", Required = true };
    private static readonly Option<double> Ratio = new("--ratio") { Description = "Share of each tensor, 0.03 for 3 %.", Required = true };
    private static readonly Option<bool> WithNorms = new("--with-norms") { Description = "Take the RMSNorm weights and biases of the blocks too." };

    public static Command Create() => new("region", "Selects regions from importance, and combines them.\n\nExamples:\n  repro region top --importance ru.safetensors ar.safetensors --ratio 0.03 --out top.safetensors\n  repro region except ru-top.safetensors ar-top.safetensors es-top.safetensors --out ru-own.safetensors")
    {
        FromImportance("top", "The most important weights of each tensor; several maps are summed.\n\nExamples:\n  repro region top --importance ru.safetensors --ratio 0.03 --out ru-top.safetensors\n  repro region top --importance ru.safetensors ar.safetensors --ratio 0.01 --with-norms --out top.safetensors", RegionSelection.Top),
        FromImportance("bottom", "The least important weights of each tensor; several maps are summed.\n\nExamples:\n  repro region bottom --importance ru.safetensors --ratio 0.03 --out ru-bottom.safetensors\n  repro region bottom --importance ru.safetensors ar.safetensors --ratio 0.01 --with-norms --out bottom.safetensors", RegionSelection.Bottom),
        Random(),
        Combine("union", "Weights in any of the regions.\n\nExamples:\n  repro region union ru-top.safetensors ar-top.safetensors --out either.safetensors\n  repro region union ru-top.safetensors ar-top.safetensors es-top.safetensors --out any.safetensors", regions => regions.Aggregate((a, b) => a.Union(b))),
        Combine("intersect", "Weights in all of the regions.\n\nExamples:\n  repro region intersect ru-top.safetensors ar-top.safetensors --out both.safetensors\n  repro region intersect ru-top.safetensors ar-top.safetensors es-top.safetensors --out all.safetensors", regions => regions.Aggregate((a, b) => a.Intersect(b))),
        Combine("except", "Weights of the first region that are in none of the others (Eq. 5).\n\nExamples:\n  repro region except ru-top.safetensors ar-top.safetensors --out ru-without-ar.safetensors\n  repro region except ru-top.safetensors ar-top.safetensors es-top.safetensors --out ru-own.safetensors", regions => regions[0].ExceptAll(regions.Skip(1))),
    };

    private delegate Region Selection(ImportanceMap map, double ratio, NormReading norms, Action<double>? progress);

    private static Command FromImportance(string name, string description, Selection select)
    {
        Option<string[]> importance = new("--importance") { Description = "Files that 'repro importance' wrote.", Required = true, AllowMultipleArgumentsPerToken = true };
        Command command = new(name, description) { importance, Ratio, WithNorms, Output };
        SetAction(command, name, (result, progress) =>
        {
            ImportanceMap[] maps = [.. result.GetRequiredValue(importance).Select(ImportanceMap.Load)];
            if (maps.Any(m => m.Reading != maps[0].Reading || !m.Shapes.Keys.ToHashSet().SetEquals(maps[0].Shapes.Keys)))
                throw new InputException("The importance maps are of different readings or checkpoints; make them the same way.");
            return select(ImportanceMap.Sum(maps), ReadRatio(result), Norms(result), progress);
        });
        return command;
    }

    private static Command Random()
    {
        Option<string> checkpoint = CommonOptions.Checkpoint();
        Option<ulong> seed = new("--seed") { Description = "Seed of the draw.", DefaultValueFactory = _ => 1234 };
        Command command = new("random", "Weights of each tensor drawn without replacement.\n\nExamples:\n  repro region random --checkpoint fixtures/tiny --ratio 0.03 --out random.safetensors\n  repro region random --checkpoint fixtures/tiny --ratio 0.03 --seed 7 --with-norms --out random-7.safetensors") { checkpoint, Ratio, seed, WithNorms, Output };
        SetAction(command, "random", (result, progress) =>
        {
            LlamaConfig config = Engine.Checkpoints.Checkpoint.ReadConfig(result.GetRequiredValue(checkpoint));
            return RegionSelection.Random(ParameterSet.Shapes(config), ReadRatio(result), result.GetValue(seed), Norms(result), progress);
        });
        return command;
    }

    private static Command Combine(string name, string description, Func<Region[], Region> combine)
    {
        Argument<string[]> files = new("region") { Description = "Region files.", Arity = new ArgumentArity(2, 100) };
        Command command = new(name, description) { files, Output };
        SetAction(command, name, (result, progress) =>
        {
            string[] paths = result.GetRequiredValue(files);
            Region[] regions = [.. paths.Select((path, i) =>
            {
                progress(i / (double)paths.Length);
                return RegionFile.Load(path);
            })];
            try
            {
                return combine(regions);
            }
            catch (ArgumentException e)
            {
                throw new InputException($"{e.Message.Split(" (Parameter")[0]} Combine regions of one checkpoint.", e);
            }
        });
        return command;
    }

    private static double ReadRatio(ParseResult result) => result.GetValue(Ratio) is var ratio and >= 0 and <= 1
        ? ratio
        : throw new InputException("--ratio must lie between 0 and 1; 0.03 is 3 %.");

    private static NormReading Norms(ParseResult result) => result.GetValue(WithNorms) ? NormReading.WithNorms : NormReading.MatricesOnly;

    // Selecting is half of the work and writing the other, as it is for a large model.
    private static void SetAction(Command command, string name, Func<ParseResult, Action<double>, Region> select) => command.SetAction((result, cancellation) => Task.Run(
        () =>
        {
            string path = result.GetRequiredValue(Output);
            Terminals.WithProgress(name, bar =>
            {
                WorkDisplay display = new(bar, unit: null);
                void Show(double done, string activity)
                {
                    cancellation.ThrowIfCancellationRequested();
                    display.Show(done, 2, activity);
                }

                Region region = select(result, share => Show(share, $"selecting {name}"));
                RegionFile.Save(path, region, new Dictionary<string, string> { ["selection"] = name }, share => Show(1 + share, "writing"));
                Terminals.Say(string.Create(CultureInfo.InvariantCulture, $"{region.Count:N0} of {region.Population:N0} weights written to {path}"));
            });
            return ExitCode.Success;
        },
        CancellationToken.None));
}
