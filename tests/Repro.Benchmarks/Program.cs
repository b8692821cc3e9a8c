using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Repro.Benchmarks;

if (args is ["memory"])
{
    ImportanceMemory.Measure();
    return 0;
}

if (args is ["full-size", ..])
    return FullSize.Run(args[1..]);

if (args is ["verify", ..])
    return WholeRun.Measure(args[1..]);

// In one process, so that the limit and the workloads see the same libtorch and the same machine.
Job job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
Summary summary = BenchmarkRunner.Run<Workloads>(DefaultConfig.Instance.AddJob(job));

Console.WriteLine($"{"width",6} {"workload",-11} {"tokens/s",10} {"GFLOP/s",9} {"of GEMM",8}");
foreach (IGrouping<int, BenchmarkReport> group in summary.Reports.GroupBy(r => (int)r.BenchmarkCase.Parameters["Width"]))
{
    int width = group.Key;
    double limit = 2 * Math.Pow(Workloads.GemmSide, 3) / Nanoseconds(group, nameof(Workloads.Gemm));
    double forward = Workloads.ForwardFlops(width) * Workloads.Tokens;
    double headGradient = 2.0 * width * 4096 * Workloads.Tokens;
    (string Name, double Flops)[] workloads = [(nameof(Workloads.Training), 3 * forward), (nameof(Workloads.Importance), (3 * forward) - headGradient), (nameof(Workloads.Evaluation), forward)];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{width,6} {"GEMM",-11} {"",10} {limit,9:F1} {1,8:P0}"));
    foreach ((string name, double flops) in workloads)
    {
        double time = Nanoseconds(group, name);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{width,6} {name,-11} {Workloads.Tokens / time * 1e9,10:F0} {flops / time,9:F1} {flops / time / limit,8:P0}"));
    }
}

return summary.Reports.All(r => r.Success) ? 0 : 1;

static double Nanoseconds(IEnumerable<BenchmarkReport> reports, string workload) =>
    reports.Single(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name == workload).ResultStatistics!.Median;
