using Repro.Engine.Planning;

namespace Repro.Cli.Terminal;

/// <summary>Prints what a run will hold where, on standard error.</summary>
internal static class PlanDisplay
{
    // Where everything fits many times over, a plan says nothing.
    private const long LeastWeights = 1_000_000_000;

    public static void Show(MemoryPlan plan, ModelSize size)
    {
        if (size.Weights < LeastWeights && !plan.StreamsBlocks)
            return;
        foreach (string line in plan.Lines)
            Console.Error.WriteLine($"plan: {line}");
    }
}
