using System.CommandLine;
using System.Globalization;
using Repro.Cli.Completion;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Harness.Profiles;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions;
using Repro.Papers.LinguisticRegions.Profiles;
using Repro.Terminal;

namespace Repro.Cli.Commands;

/// <summary><c>repro plan</c>.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        Option<string> shape = new Option<string>("--shape") { Description = $"config.json, or {string.Join(", ", KnownShapes.Names)}.", Required = true }.WithShapes();
        Option<string> profile = new Option<string>("--profile") { Description = "Profile whose samples and training are planned; default: the one of the shape's name, else tiny.", DefaultValueFactory = _ => "" }.WithProfiles();
        Option<string> device = CommonOptions.Device();
        Option<string?> memory = CommonOptions.Memory();
        Option<int> documentTokens = new("--document-tokens") { Description = "Mean tokens of a document.", DefaultValueFactory = _ => 256 };
        Option<double?> rate = new("--rate") { Description = "TFLOP/s that the model reaches; default: half of what this machine's matrix product reaches now." };
        ScaleOptions scale = new();
        Command command = new("plan", "Says what a verification would hold where and how long it would take, without a checkpoint or texts.\n\nExamples:\n  repro plan --shape llama2-7b\n  repro plan --shape llama2-13b --samples 10000 --rate 400\n  repro plan --shape config.json --profile tiny --memory 8GB")
        {
            shape, profile, device, memory, documentTokens, rate,
        };
        scale.AddTo(command);
        command.SetAction(result =>
        {
            LlamaConfig config = KnownShapes.Read(result.GetRequiredValue(shape));
            string own = LinguisticRegionsPaper.OfProject.Profiles.FirstOrDefault(p => p.Name == result.GetRequiredValue(shape), PaperProfiles.Tiny).Name;
            Profile chosen = scale.Read(result).Of(LinguisticRegionsPaper.OfProject.Profile(result.GetRequiredValue(profile) is { Length: > 0 } given ? given : own));
            int tokens = result.GetValue(documentTokens);
            if (tokens < 1 || result.GetValue(rate) is { } said && !(said > 0 && double.IsFinite(said)))
                throw new InputException("--document-tokens must be at least 1 and --rate a number above 0.");
            IReadOnlyList<TorchSharp.torch.Device> devices = Devices.Parse(result.GetRequiredValue(device));
            MachinePlan machine = new(devices, CommonOptions.ReadMemory(result, memory), ".");
            MemoryPlan plan = machine.ForImportance(config, config.WeightType, (long)chosen.MicroBatch * Math.Min(chosen.MaxTokens, config.MaxPositions));
            foreach (string line in plan.Lines)
                Say(line);
            ComputeRate reached = result.GetValue(rate) is { } tera ? new ComputeRate(tera * 1e12) : ComputeRate.Measure(devices[0], config.WeightType);
            Print(VerificationCost.Of(LinguisticRegionsPaper.OfProject, chosen, config, tokens, plan.TokensTogether > 0), reached, chosen, tokens);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Print(VerificationCost cost, ComputeRate rate, Profile profile, int tokens)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        Say(string.Create(invariant, $"profile {profile.Name}: {profile.LargeSample:N0} samples per language, {profile.TestDocuments:N0} test documents, {tokens} tokens each; at {rate.OperationsPerSecond / 1e12:G3} TFLOP/s"));
        TerminalTable table = new(Column.Word(""), Column.Number("the paper's claims,\nPFLOP"), Column.Number("\ntime"), Column.Number("with controls and\nother readings, PFLOP"), Column.Number("\ntime"));
        foreach ((string part, Func<WorkCost, double> operations) in new (string, Func<WorkCost, double>)[] { ("importance", c => c.Importance), ("measurements", c => c.Measurements), ("training", c => c.Training), ("together", c => c.Operations) })
        {
            (double own, double all) = (operations(cost.Own), operations(cost.All));
            table.Add(part, (own / 1e15).ToString("N0", invariant), rate.TimeFor(own), (all / 1e15).ToString("N0", invariant), rate.TimeFor(all));
        }

        Console.Write(table);
        Say($"sums on disk: {ByteSize.Text(cost.Own.SumsOnDisk)}, with controls and other readings {ByteSize.Text(cost.All.SumsOnDisk)}");
    }

    private static void Say(string sentence) => Console.Write(new TerminalTable(Column.Text("")).Add(sentence));
}
