using Repro.Engine.Cores;
using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Engine.Training;

/// <summary>
/// Independent runs of small models side by side, each on one core. A step of a small model is bound by the number of its operations, which libtorch
/// cannot spread over cores; whole runs it can. Each run has one thread even when it is alone, since bfloat16 products differ in their last bit between
/// one thread and several: so its numbers depend neither on the cores nor on the runs beside it. A model too large for two runs gets all threads.
/// </summary>
public static class ParallelRuns
{
    // Weights, their masters, two moments, gradients and the copy a step works on, in bytes per weight.
    private const long BytesPerWeight = 24;

    /// <summary>How many runs of a model fit side by side: one per core, within half of the memory, and one alone on a GPU.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="device">Where it trains.</param>
    public static int Degree(LlamaConfig config, Device device)
    {
        if (device.type != TorchSharp.DeviceType.CPU)
            return 1;
        long weights = ParameterSet.Shapes(config).Sum(s => s.Shape.Aggregate(1L, (a, b) => a * b));
        long fitting = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / (weights * BytesPerWeight);
        return (int)Math.Clamp(fitting, 1, Environment.ProcessorCount);
    }

    /// <summary>Runs all items, some at a time; when one throws, no further one begins and the first exception is thrown again.</summary>
    /// <param name="items">What to run.</param>
    /// <param name="degree">Most at a time.</param>
    /// <param name="run">Runs one.</param>
    public static void ForEach<T>(IReadOnlyCollection<T> items, int degree, Action<T> run) => OneCoreEach.ForEach(items, degree, run);
}
