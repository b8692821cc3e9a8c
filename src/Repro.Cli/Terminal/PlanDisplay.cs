using System.Globalization;
using Repro.Engine.Planning;

namespace Repro.Cli.Terminal;

/// <summary>Prints what a run will hold where, on standard error.</summary>
internal static class PlanDisplay
{
    // Where everything fits many times over, a plan says nothing.
    private const long LeastWeights = 1_000_000_000;

    /// <summary>Prints a plan of a large model.</summary>
    /// <param name="plan">What is held where.</param>
    /// <param name="operations">Floating-point operations of the run.</param>
    public static void Show(MemoryPlan plan, double operations)
    {
        if (plan.Weights < LeastWeights && !plan.StreamsBlocks)
            return;
        foreach (string line in plan.Lines)
            Terminals.Say($"plan: {line}");
        ComputeRate rate = ComputeRate.Measure(plan.Devices.First, TorchSharp.torch.ScalarType.BFloat16);
        Terminals.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"plan: {operations / 1e12:N0} TFLOP, about {rate.TimeFor(operations)} at {rate.OperationsPerSecond / 1e12:G3} TFLOP/s, half of this device's matrix product, and what the disk takes"));
    }
}
