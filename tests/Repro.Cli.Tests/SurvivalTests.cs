using System.Diagnostics;
using Repro.Engine.Seeds;

namespace Repro.Cli.Tests;

/// <summary>
/// A verification that is killed, again and again, goes on from what it has kept and ends with the bytes of one that was not.
/// </summary>
[Category("Thorough")]
public sealed class SurvivalTests
{
    private const int Kills = 30;
    private const ulong Seed = 20_240_811;
    private const double Earliest = 0.5;
    private const double ShareOfRun = 0.8;
    private const int MostNewFiles = 24;
    private const int Shards = 18;
    private const int Regions = 2;

    // Some seconds with every kind of work: shards of six languages, regions, measurements, four training runs with a snapshot each,
    // verdicts, report.
    private static readonly string[] Small =
        ["verify", "--claims", "table-02", "--samples", "6", "--test-documents", "2", "--training-documents", "100"];

    private readonly List<string> fell = [];

    [Test]
    public void Thirty_kills_at_random_moments_change_no_byte_and_nothing_kept_is_made_again()
    {
        if (Environment.GetEnvironmentVariable("REPRO_THOROUGH") is not ("1" or "true"))
            Assert.Ignore("Thirty killed runs take minutes; REPRO_THOROUGH=1 runs them.");
        using TemporaryFolder folder = new();
        Stopwatch watch = Stopwatch.StartNew();
        Run(folder, "whole", Moment.Never).Should().BeTrue();
        double whole = watch.Elapsed.TotalSeconds;
        Dictionary<string, string> expected = Report(folder, "whole");

        SplitMix random = new(Seed);
        int lives = 0;
        int restarts = 0;
        while (fell.Count < Kills)
        {
            string life = $"life {++lives}";
            Dictionary<string, (DateTime, long)> kept = [];

            // A run whose moment lies beyond its end ends by itself.
            while (!Run(folder, life, Draw(random, whole)))
            {
                restarts++;
                Dictionary<string, (DateTime, long)> now = Kept(folder, life);
                foreach ((string file, (DateTime, long) before) in kept.Where(k => now.ContainsKey(k.Key)))
                    now[file].Should().Be(before, "what is kept is not written again");
                kept.Keys.Where(k => k.EndsWith(".json", StringComparison.Ordinal)).Should().BeSubsetOf(now.Keys);
                kept = now;
            }

            Report(folder, life).Should().BeEquivalentTo(expected, life);
            Directory.GetFiles(folder.File(life), ".*", SearchOption.AllDirectories)
                .Should().BeEmpty("what a killed run left half written is removed by the next");
        }

        TestContext.Out.WriteLine(
            $"{fell.Count} kills over {lives} runs, {restarts} restarts, seed {Seed}; an uninterrupted run takes {whole:F1} s.");
        foreach (IGrouping<string, string> stage in fell.GroupBy(s => s))
            TestContext.Out.WriteLine($"  {stage.Count(),2} with {stage.Key}");
        fell.Distinct().Should().HaveCountGreaterThan(2, "the moments fall into several kinds of work");
    }

    [Test]
    public void Two_runs_at_once_on_one_store_end_with_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        ReproOutcome[] outcomes = new ReproOutcome[2];
        Parallel.For(0, 2, i => outcomes[i] = ReproProcess.Run(Arguments(folder, "shared", $"report {i}")));
        outcomes.Should().AllSatisfy(o => o.ExitCode.Should().BeLessThan(2, o.Error));
        Report(folder, "report 0").Should().BeEquivalentTo(Report(folder, "report 1"));
    }

    // Half of the moments are a number of files kept, so that on every machine some fall into the short work before training; half are a
    // time.
    private static Moment Draw(SplitMix random, double whole) => random.Fraction() < 0.5
        ? Moment.Never with { NewFiles = 1 + (int)(random.Fraction() * MostNewFiles) }
        : Moment.Never with { Time = TimeSpan.FromSeconds(Earliest + (Math.Pow(random.Fraction(), 2) * ShareOfRun * whole)) };

    // Whether the run ended by itself.
    private bool Run(TemporaryFolder folder, string life, Moment kill)
    {
        using Process process = Process.Start(ReproProcess.Start(Arguments(folder, life, life + " report")))!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Stopwatch watch = Stopwatch.StartNew();
        int atStart = Files(folder, life);
        while (watch.Elapsed < kill.Time && Files(folder, life) - atStart < kill.NewFiles
            && !process.WaitForExit(TimeSpan.FromMilliseconds(5)))
        {
        }

        if (process.HasExited)
        {
            process.WaitForExit();
            process.ExitCode.Should().BeLessThan(2, error.GetAwaiter().GetResult());
            return true;
        }

        process.Kill();
        process.WaitForExit();
        fell.Add(WhatIsThere(folder.File(life)));
        return false;
    }

    private static int Files(TemporaryFolder folder, string life) => Directory.Exists(folder.File(life))
        ? Directory.EnumerateFiles(folder.File(life), "*", SearchOption.AllDirectories).Count(f => !Path.GetFileName(f).StartsWith('.'))
        : 0;

    private static string[] Arguments(TemporaryFolder folder, string life, string report) =>
        [.. Small, "--cache", folder.File(life), "--out",
            folder.File(report.EndsWith("report", StringComparison.Ordinal) ? report : report + " report")];

    // How far a killed run had come, by what its store holds.
    private static string WhatIsThere(string store)
    {
        if (!Directory.Exists(store))
            return "nothing kept";
        int results = Directory.GetFiles(store, "*.json", SearchOption.AllDirectories).Length;
        int artifacts = Directory.GetFiles(store, "*.safetensors", SearchOption.AllDirectories)
            .Count(f => !Path.GetFileName(f).StartsWith('.'));
        return (results, artifacts) switch
        {
            (0, 0) => "nothing kept",
            (_, < Shards) => "importance under way",
            (_, < Shards + Regions) => "regions under way",
            (_, Shards + Regions) => "measurements under way",
            _ => "a training run kept half way",
        };
    }

    private static Dictionary<string, string> Report(TemporaryFolder folder, string life) => Outcomes.OfReport(folder.File(life + " report"));

    // Snapshots of training come and go.
    private static Dictionary<string, (DateTime, long)> Kept(TemporaryFolder folder, string life)
    {
        string store = folder.File(life);
        return !Directory.Exists(store) ? [] : Directory.GetFiles(store, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).StartsWith('.'))
            .Where(f => f.EndsWith(".json", StringComparison.Ordinal) || f.EndsWith(".safetensors", StringComparison.Ordinal))
            .Where(f => !IsSnapshot(f))
            .ToDictionary(f => f, f => (File.GetLastWriteTimeUtc(f), new FileInfo(f).Length));
    }

    private static bool IsSnapshot(string path) =>
        path.EndsWith(".safetensors", StringComparison.Ordinal) && new FileInfo(path).Length > 12_000_000;

    // When a run is killed: at a time, or once it has kept a number of files.
    private sealed record Moment(TimeSpan Time, int NewFiles)
    {
        public static Moment Never { get; } = new(TimeSpan.FromMinutes(5), int.MaxValue);
    }
}
