using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Engine.Planning;

/// <summary>Plans for this machine: what the user allows, or what is free.</summary>
/// <param name="devices">Where to compute.</param>
/// <param name="memory">Bytes of the host's memory that may be used; null is four fifths of what is free.</param>
/// <param name="sumsFolder">Folder on the disk that would hold sums.</param>
public sealed class MachinePlan(IReadOnlyList<Device> devices, long? memory, string sumsFolder)
{
    // The allocator's own share, and what fragments.
    private const double ShareOfDevice = 0.9;

    /// <summary>The budget.</summary>
    /// <exception cref="Files.InputException">A GPU does not say how much memory it has.</exception>
    public MemoryBudget Budget => new(memory ?? HostMemory.DefaultBudget(), devices[0].type == TorchSharp.DeviceType.CPU ? null : devices.Min(Free), HostMemory.FreeDisk(sumsFolder));

    private static long Free(Device device) => (long)(ShareOfDevice * (DeviceMemory.Free(device)
        ?? throw new Files.InputException($"The CUDA runtime does not say how much memory {device} has; see that nvidia-smi works, or use --device cpu.")));

    /// <summary>A plan for locating regions.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="type">Type of its weights.</param>
    /// <param name="batchTokens">Tokens of the largest micro-batch, padding included.</param>
    public MemoryPlan ForImportance(LlamaConfig config, ScalarType type, long batchTokens) => MemoryPlanner.ForImportance(
        new ModelSize(config, type),
        config,
        new DeviceMap(devices, config.LayerCount),
        Budget,
        Math.Max(batchTokens, MemoryPlanner.TokensPerBackward(devices[0])));

    /// <summary>Checks that further training fits.</summary>
    /// <exception cref="Files.InputException">It does not; the sentence says what it takes and what there is.</exception>
    public void CheckTraining(LlamaConfig config) => MemoryPlanner.CheckTraining(new ModelSize(config, ScalarType.BFloat16), Budget, devices.Count);

    /// <summary>A plan for measuring and generating.</summary>
    /// <inheritdoc cref="ForImportance"/>
    public MemoryPlan ForEvaluation(LlamaConfig config, ScalarType type, long batchTokens) =>
        MemoryPlanner.ForEvaluation(new ModelSize(config, type), new DeviceMap(devices, config.LayerCount), Budget, batchTokens);
}
