using System.CommandLine;
using System.Globalization;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using Repro.Engine.Regions;
using Repro.Engine.Storage;

namespace Repro.Cli.Commands;

/// <summary><c>repro region</c>.</summary>
internal static class RegionCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "safetensors file to write.", Required = true };
    private static readonly Option<double> Ratio = new("--ratio") { Description = "Share of each tensor, 0.03 for 3 %.", Required = true };
    private static readonly Option<bool> MatricesOnly = new("--matrices-only") { Description = "Leave the norms out." };

    public static Command Create() => new("region", "Selects regions from importance, and combines them.\n\nExamples:\n  repro region top --importance ru.safetensors ar.safetensors --ratio 0.03 --out top.safetensors\n  repro region except ru-top.safetensors ar-top.safetensors es-top.safetensors --out ru-own.safetensors")
    {
        FromImportance("top", "The most important weights of each tensor; several maps are summed.", RegionSelection.Top),
        FromImportance("bottom", "The least important weights of each tensor; several maps are summed.", RegionSelection.Bottom),
        Random(),
        Combine("union", "Weights in any of the regions.", regions => regions.Aggregate((a, b) => a.Union(b))),
        Combine("intersect", "Weights in all of the regions.", regions => regions.Aggregate((a, b) => a.Intersect(b))),
        Combine("except", "Weights of the first region that are in none of the others (Eq. 5).", regions => regions[0].ExceptAll(regions.Skip(1))),
    };

    private static Command FromImportance(string name, string description, Func<ImportanceMap, double, NormReading, Region> select)
    {
        Option<string[]> importance = new("--importance") { Description = "Files that 'repro importance' wrote.", Required = true, AllowMultipleArgumentsPerToken = true };
        Command command = new(name, description) { importance, Ratio, MatricesOnly, Output };
        command.SetAction(result =>
        {
            ImportanceMap[] maps = [.. result.GetRequiredValue(importance).Select(ImportanceMap.Load)];
            if (maps.Any(m => m.Reading != maps[0].Reading || !m.Shapes.Keys.ToHashSet().SetEquals(maps[0].Shapes.Keys)))
                throw new InputException("The importance maps are of different readings or checkpoints; make them the same way.");
            return Write(result, select(ImportanceMap.Sum(maps), ReadRatio(result), Norms(result)), name);
        });
        return command;
    }

    private static Command Random()
    {
        Option<string> checkpoint = CommonOptions.Checkpoint();
        Option<ulong> seed = new("--seed") { Description = "Seed of the draw.", DefaultValueFactory = _ => 1234 };
        Command command = new("random", "Weights of each tensor drawn without replacement.") { checkpoint, Ratio, seed, MatricesOnly, Output };
        command.SetAction(result =>
        {
            LlamaConfig config = Engine.Checkpoints.Checkpoint.ReadConfig(result.GetRequiredValue(checkpoint));
            return Write(result, RegionSelection.Random(ParameterSet.Shapes(config), ReadRatio(result), result.GetValue(seed), Norms(result)), "random");
        });
        return command;
    }

    private static Command Combine(string name, string description, Func<Region[], Region> combine)
    {
        Argument<string[]> files = new("region") { Description = "Region files.", Arity = new ArgumentArity(2, 100) };
        Command command = new(name, description) { files, Output };
        command.SetAction(result =>
        {
            Region[] regions = [.. result.GetRequiredValue(files).Select(RegionFile.Load)];
            try
            {
                return Write(result, combine(regions), name);
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

    private static NormReading Norms(ParseResult result) => result.GetValue(MatricesOnly) ? NormReading.MatricesOnly : NormReading.WithNorms;

    private static int Write(ParseResult result, Region region, string name)
    {
        RegionFile.Save(result.GetRequiredValue(Output), region, new Dictionary<string, string> { ["selection"] = name });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{region.Count:N0} of {region.Population:N0} weights written to {result.GetRequiredValue(Output)}"));
        return ExitCode.Success;
    }
}
