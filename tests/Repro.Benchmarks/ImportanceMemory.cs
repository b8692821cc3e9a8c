using System.Globalization;
using Repro.Engine.Importance;
using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Benchmarks;

/// <summary>Peak memory of the importance pass against the size of the weights.</summary>
internal static class ImportanceMemory
{
    public static void Measure()
    {
        LlamaConfig shape = Workloads.Shape(1024) with { LayerCount = 16 };
        using LlamaModel model = new(shape, ScalarType.Float32, CPU);
        Initialisation.Randomise(model, 1);
        double weights = model.Parameters.Values.Sum(p => p.numel() * 4.0);
        int[][] documents = [.. Enumerable.Range(0, 10).Select(i => Enumerable.Range(0, 129).Select(t => (i + (31 * t)) % 4096).ToArray())];

        double before = Peak();
        GradientSums.Over(model, documents, new GradientPass(10, ImportanceReading.Signed)).Dispose();
        double after = Peak();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"importance at width 1024, 16 layers: weights {weights / 1e6:F0} MB, peak before {before / 1e6:F0} MB, peak after {after / 1e6:F0} MB, growth {(after - before) / weights:F2} × weights"));
    }

    private static double Peak() =>
        double.Parse(
            File.ReadLines("/proc/self/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) * 1024;
}
