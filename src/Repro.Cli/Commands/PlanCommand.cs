using System.CommandLine;
using System.Globalization;
using Repro.Cli.Completion;
using Repro.Engine.Checkpoints;
using Repro.Engine.Files;
using Repro.Engine.Models;
using Repro.Engine.Planning;
using Repro.Paper.Profiles;
using Repro.Paper.Verification;

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
            string own = PaperProfiles.All.FirstOrDefault(p => p.Name == result.GetRequiredValue(shape), PaperProfiles.Tiny).Name;
            Profile chosen = scale.Read(result).Of(PaperProfiles.Get(result.GetRequiredValue(profile) is { Length: > 0 } given ? given : own));
            int tokens = result.GetValue(documentTokens);
            if (tokens < 1 || result.GetValue(rate) is { } said && !(said > 0 && double.IsFinite(said)))
                throw new InputException("--document-tokens must be at least 1 and --rate a number above 0.");
            IReadOnlyList<TorchSharp.torch.Device> devices = Devices.Parse(result.GetRequiredValue(device));
            MachinePlan machine = new(devices, CommonOptions.ReadMemory(result, memory), ".");
            MemoryPlan plan = machine.ForImportance(config, config.WeightType, (long)chosen.MicroBatch * Math.Min(chosen.MaxTokens, config.MaxPositions));
            foreach (string line in plan.Lines)
                Console.WriteLine(line);
            ComputeRate reached = result.GetValue(rate) is { } tera ? new ComputeRate(tera * 1e12) : ComputeRate.Measure(devices[0], config.WeightType);
            Print(VerificationCost.Of(chosen, config, tokens, plan.TokensTogether > 0), reached, chosen, tokens);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Print(VerificationCost cost, ComputeRate rate, Profile profile, int tokens)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        Console.WriteLine(string.Create(invariant, $"profile {profile.Name}: {profile.LargeSample:N0} samples per language, {profile.TestDocuments:N0} test documents, {tokens} tokens each; at {rate.OperationsPerSecond / 1e12:G3} TFLOP/s"));
        Console.WriteLine("                     the paper's claims         with controls and other readings");
        foreach ((string part, Func<WorkCost, double> operations) in new (string, Func<WorkCost, double>)[] { ("importance", c => c.Importance), ("measurements", c => c.Measurements), ("training", c => c.Training), ("together", c => c.Operations) })
        {
            (double own, double all) = (operations(cost.Own), operations(cost.WithControls));
            Console.WriteLine(string.Create(invariant, $"  {part,-13} {own / 1e15,12:N0} PFLOP {rate.TimeFor(own),10} {all / 1e15,12:N0} PFLOP {rate.TimeFor(all),10}"));
        }

        Console.WriteLine($"  {"sums on disk",-13} {ByteSize.Text(cost.Own.SumsOnDisk),29} {ByteSize.Text(cost.WithControls.SumsOnDisk),29}");
    }
}
