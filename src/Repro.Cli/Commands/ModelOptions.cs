using System.CommandLine;
using Repro.Cli.Terminal;
using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Planning;

namespace Repro.Cli.Commands;

/// <summary>The options that name a checkpoint and what it may take of the machine.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> checkpoint = CommonOptions.Checkpoint();
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<string?> memory = CommonOptions.Memory();

    public void AddTo(Command command)
    {
        command.Add(checkpoint);
        command.Add(device);
        command.Add(memory);
    }

    /// <summary>The checkpoint's folder.</summary>
    public string Folder(ParseResult result) => result.GetRequiredValue(checkpoint);

    /// <summary>The shape of the checkpoint's model, after device and checkpoint were found to be usable.</summary>
    public LlamaConfig Config(ParseResult result)
    {
        All(result);
        LlamaConfig config = Checkpoint.Check(Folder(result));
        Terminals.Note(config);
        return config;
    }

    /// <summary>Where tokens go in.</summary>
    public TorchSharp.torch.Device Device(ParseResult result) => All(result)[0];

    /// <summary>What this machine may give.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="sumsFolder">Folder on the disk that would hold sums.</param>
    public MachinePlan Machine(ParseResult result, string sumsFolder = ".") =>
        new(All(result), CommonOptions.ReadMemory(result, memory), sumsFolder);

    private IReadOnlyList<TorchSharp.torch.Device> All(ParseResult result) => Devices.Parse(result.GetRequiredValue(device));

    /// <summary>Loads the model as a plan says, and says so where the model is large.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="plan">What is held where.</param>
    /// <param name="tokens">Tokens that will be read forward; a backward pass counts as two.</param>
    public LlamaModel Load(ParseResult result, MemoryPlan plan, long tokens)
    {
        LlamaConfig config = Checkpoint.ReadConfig(Folder(result));
        PlanDisplay.Show(plan, tokens * new ModelSize(config, config.WeightType).ForwardOperations(0));
        return Checkpoint.Load(Folder(result), plan.Devices, plan.StreamsBlocks);
    }
}
