using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Repro.Engine.Checkpoints;

namespace Repro.Cli.Tests;

/// <summary>
/// Ctrl-C ends a command within a second, at whatever moment; what is kept stays whole, and a sentence says how to go on.
/// </summary>
[NonParallelizable]
public sealed partial class InterruptionTests
{
    private const int Interrupt = 2;
    private const int Cancelled = 130;

    // A second, and what a busy machine needs to schedule the end of a process.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // Training ends its step and writes a snapshot, which the disk has to take.
    private static readonly TimeSpan TrainingLimit = TimeSpan.FromSeconds(20);

    [Test]
    public void A_verification_stops_in_time_at_any_moment_and_goes_on_to_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        string[] Verify(string store) =>
            ["verify", "--claims", "table-02", "--samples", "6", "--test-documents", "2", "--training-documents", "100", "--cache",
                folder.File(store), "--out", folder.File(store + " report")];
        Stopwatch watch = Stopwatch.StartNew();
        ReproProcess.Run(Verify("whole")).ExitCode.Should().BeLessThan(2);
        TimeSpan whole = watch.Elapsed;

        List<TimeSpan> stops = [];
        for (double share = 0.1; share < 0.9; share += 0.2)
        {
            (TimeSpan time, ReproOutcome outcome) = Stop(share * whole, Verify("stopped"));
            if (outcome.ExitCode < 2)
                break;
            outcome.ExitCode.Should().Be(Cancelled, outcome.Error);
            outcome.Error.TrimEnd().Split('\n')[^1]
                .Should().StartWith("repro: stopped; what was measured is kept. To go on: repro verify --claims table-02")
                .And.EndWith(" report'");
            Directory.GetFiles(folder.File("stopped"), ".*", SearchOption.AllDirectories).Should().BeEmpty("nothing half written is left");
            stops.Add(time);
        }

        IEnumerable<string> seconds = stops.Select(t => t.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture));
        TestContext.Out.WriteLine($"a whole run takes {whole.TotalSeconds:F1} s; stopped after {string.Join(", ", seconds)} s");
        stops.Should().AllSatisfy(t => t.Should().BeLessThan(Limit));
        ReproProcess.Run(Verify("stopped")).ExitCode.Should().BeLessThan(2);
        Outcomes.OfReport(folder.File("stopped report")).Should().BeEquivalentTo(Outcomes.OfReport(folder.File("whole report")));
    }

    [TestCase("importance --checkpoint TINY --corpus CORPORA --language ru --out OUT/map",
        "nothing was written. To begin again: repro importance")]
    [TestCase("checkpoint random --shape llama2-7b --out OUT/random", "nothing was written. To begin again: repro checkpoint random")]
    [TestCase("region random --checkpoint SEVEN --ratio 0.5 --out OUT/region", "nothing was written. To begin again: repro region random")]
    [TestCase("train --corpus CORPORA --from TINY --batch 2 --out OUT/trained",
        "the steps taken are kept in OUT/trained. To go on: repro train")]
    public void Other_commands_stop_in_time_and_leave_nothing_half_written(string command, string expected)
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder large = new();
        ConfigWriter.Write(large.File("config.json"), KnownShapes.Llama2Of7B);
        string Here(string text) =>
            text.Replace("SEVEN", large.Path, StringComparison.Ordinal).Replace("TINY", ReproProcess.Tiny, StringComparison.Ordinal)
                .Replace("CORPORA", ReproProcess.Corpora, StringComparison.Ordinal).Replace("OUT", folder.Path, StringComparison.Ordinal);
        bool trains = command.StartsWith("train", StringComparison.Ordinal);
        (TimeSpan time, ReproOutcome outcome) = Stop(
            TimeSpan.FromSeconds(1), [.. command.Split(' ').Select(Here)], trains ? "windows" : null);
        TestContext.Out.WriteLine($"stopped after {time.TotalSeconds:F2} s");
        outcome.ExitCode.Should().Be(Cancelled, outcome.Error);
        outcome.Error.Should().Contain(Here(expected));
        time.Should().BeLessThan(trains ? TrainingLimit : Limit);
        string[] left = [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f))];
        left.Should().BeEquivalentTo(trains ? [".training.safetensors"] : Array.Empty<string>());
    }

    [Test]
    public void A_second_one_ends_at_once()
    {
        using TemporaryFolder folder = new();
        using Process process = Process.Start(
            ReproProcess.Start(
                "importance", "--checkpoint", ReproProcess.Tiny, "--corpus", ReproProcess.Corpora, "--language", "ru", "--out",
                folder.File("map")))!;
        WaitForStart(process);
        process.WaitForExit(TimeSpan.FromSeconds(1)).Should().BeFalse();
        Send(process.Id, Interrupt).Should().Be(0);
        Send(process.Id, Interrupt).Should().Be(0);
        process.WaitForExit(TimeSpan.FromSeconds(10)).Should().BeTrue();
        process.ExitCode.Should().Be(Cancelled);
    }

    private static (TimeSpan Time, ReproOutcome Outcome) Stop(TimeSpan moment, string[] arguments, string? after = null)
    {
        using Process process = Process.Start(ReproProcess.Start(arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        List<string> lines = [];
        using ManualResetEventSlim seen = new(after is null);
        process.ErrorDataReceived += (_, line) =>
        {
            lines.Add(line.Data ?? "");
            if (after is not null && line.Data?.Contains(after, StringComparison.Ordinal) == true)
                seen.Set();
        };
        process.BeginErrorReadLine();
        WaitForStart(process);
        seen.Wait(TimeSpan.FromMinutes(1)).Should().BeTrue($"the command says '{after}'");
        process.WaitForExit(moment);
        Stopwatch watch = Stopwatch.StartNew();
        _ = Send(process.Id, Interrupt);
        process.WaitForExit(TimeSpan.FromMinutes(5)).Should().BeTrue();
        TimeSpan time = watch.Elapsed;
        process.WaitForExit();
        return (time, new ReproOutcome(process.ExitCode, output.GetAwaiter().GetResult(), string.Join('\n', lines)));
    }

    // Before the program itself runs, the system ends it, without a word.
    private static void WaitForStart(Process process)
    {
        while (!process.HasExited && !File.ReadAllText($"/proc/{process.Id}/maps").Contains("LibTorchSharp", StringComparison.Ordinal))
            Thread.Sleep(20);
        process.WaitForExit(TimeSpan.FromSeconds(0.5));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
