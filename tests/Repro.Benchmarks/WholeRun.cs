using System.Diagnostics;
using System.Globalization;
using Repro.Engine.Planning;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Store;
using Repro.Harness.Verification;
using Repro.Papers.LinguisticRegions;
using static TorchSharp.torch;

namespace Repro.Benchmarks;

/// <summary>
/// A whole verification of the tiny profile with nothing kept, as a share of the machine's float32 matrix product, which is measured before and after it.
/// <c>verify [CLAIM,…]</c>; without claims all of them, and the untrained control.
/// </summary>
internal static class WholeRun
{
    public static int Measure(string[] claims)
    {
        LinguisticRegionsPaper paper = LinguisticRegionsPaper.OfProject;
        Profile profile = paper.Profiles[0];
        RunConfiguration configuration = RunConfiguration.Of(profile, ProjectFolder.Find()) with { Store = new ResultStore(null) };
        double before = GemmRate.Measure(CPU).OperationsPerSecond;
        Stopwatch watch = Stopwatch.StartNew();
        VerificationResult result = VerificationRun.Execute(
            paper, configuration, paper.Select(profile, [.. claims.SelectMany(c => c.Split(','))]), claims.Length == 0 ? VerificationDepth.WithControl : VerificationDepth.ClaimsOnly);
        double seconds = watch.Elapsed.TotalSeconds;
        GemmRate rate = new((before + GemmRate.Measure(CPU).OperationsPerSecond) / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Verdicts.Count} claims, {result.Operations / 1e12:F2} TFLOP in {seconds:F0} s: {rate.ShareOf(result.Operations, seconds):P0} of {rate.OperationsPerSecond / 1e9:F0} GFLOP/s"));
        return 0;
    }
}
