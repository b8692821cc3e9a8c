using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Repro.Fuzz.Tests.Targets;

namespace Repro.Fuzz.Tests.Running;

/// <summary>What a target did with its inputs.</summary>
/// <param name="Inputs">Inputs read.</param>
/// <param name="Accepted">Inputs accepted; the others were refused or show a defect.</param>
/// <param name="Defects">One line per input that shows one, with the command that reads it again.</param>
/// <param name="PeakMegabytes">Largest resident memory of a reading process that ended by itself.</param>
internal sealed record FuzzReport(long Inputs, long Accepted, IReadOnlyList<string> Defects, long PeakMegabytes);

/// <summary>
/// Feeds a target in processes of its own. One that dies or stands still is put down to the input it had announced, and another goes on behind it.
/// An input that shows a defect is kept below <c>artifacts/fuzz</c>.
/// </summary>
internal sealed class FuzzRun : IDisposable
{
    /// <summary>Most managed memory of a reading process; beyond it the runtime refuses.</summary>
    private const string MostManagedMemory = "0x20000000";

    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(60);

    private readonly string name;
    private readonly ulong seed;
    private readonly TimeSpan patience;
    private readonly string root = Directory.CreateTempSubdirectory("repro-fuzz-").FullName;
    private readonly List<string> defects = [];
    private long accepted;
    private long peak;

    public FuzzRun(string name, ulong seed, TimeSpan? patience = null)
    {
        this.name = name;
        this.seed = seed;
        this.patience = patience ?? StandsStill;
        Directory.CreateDirectory(Work);
        Directory.CreateDirectory(Temporary);
    }

    private string Work => Path.Combine(root, "work");

    private string Temporary => Path.Combine(root, "temporary");

    /// <summary>Reads the first inputs of the target.</summary>
    public FuzzReport Run(long count)
    {
        for (long next = 0; next < count;)
            next = RunFrom(next, count - next);
        foreach (string stray in Directory.EnumerateFileSystemEntries(Work).Where(f => Path.GetFileName(f) != Reader.InputFolder).Concat(Directory.EnumerateFileSystemEntries(Temporary)))
            defects.Add($"{name}: something was written outside the folder that is read: {stray}");
        return new FuzzReport(count, accepted, defects, peak);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    // The number of the input to go on with.
    private long RunFrom(long first, long count)
    {
        ProcessStartInfo start = new("dotnet", [typeof(FuzzRun).Assembly.Location, name, Text(seed), Text(first), Text(count)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Work,
        };
        start.Environment["TMPDIR"] = Temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = MostManagedMemory;
        using Process process = Process.Start(start)!;
        Channel<string?> lines = Channel.CreateUnbounded<string?>();
        process.OutputDataReceived += (_, line) => lines.Writer.TryWrite(line.Data);
        process.BeginOutputReadLine();
        Task<string> error = process.StandardError.ReadToEndAsync();
        long current = first - 1;
        bool isDone = false;
        while (!isDone && Next(lines.Reader) is { } line)
        {
            string[] words = line.Split(' ', 3);
            long number = long.Parse(words[1], CultureInfo.InvariantCulture);
            switch (words[0])
            {
                case Reader.Announced:
                    current = number;
                    break;
                case Reader.Accepted:
                    accepted++;
                    break;
                case Reader.Defect:
                    Keep(number, words[2]);
                    break;
                case Reader.Peak:
                    peak = Math.Max(peak, number);
                    isDone = true;
                    break;
            }
        }

        if (isDone)
        {
            process.WaitForExit();
            return first + count;
        }

        bool stands = !process.WaitForExit(TimeSpan.FromSeconds(1));
        if (stands)
            process.Kill();
        process.WaitForExit();
        string said = error.GetAwaiter().GetResult().Split('\n')[0];
        if (current < first)
            throw new InvalidOperationException($"{name} ended before its first input: {said}");
        Keep(current, stands ? $"the process stood still for {patience.TotalSeconds:F0} s" : $"the process died ({process.ExitCode}): {said}");
        return current + 1;
    }

    // The next line, or null where the process has ended or stands still.
    private string? Next(ChannelReader<string?> lines)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            return lines.ReadAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Keep(long number, string what)
    {
        string kept = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "fuzz"));
        Directory.CreateDirectory(kept);
        string file = Path.Combine(kept, $"{name}-{Text(seed)}-{Text(number)}");
        File.WriteAllBytes(file, FuzzTargets.Get(name).Input(seed, number));
        defects.Add($"{name}, input {number}: {what} (kept as {file}; again: dotnet {typeof(FuzzRun).Assembly.Location} {name} {Text(seed)} {Text(number)} 1)");
    }

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
