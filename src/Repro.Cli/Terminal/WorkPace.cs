using System.Globalization;

namespace Repro.Cli.Terminal;

/// <summary>How fast work goes, by what was done in the last half minute, and how long the rest takes.</summary>
/// <param name="time">The clock.</param>
internal sealed class WorkPace(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private readonly Queue<(long At, double Done)> samples = new([(time.GetTimestamp(), 0)]);
    private (long At, double Done) last;

    /// <summary>Units done in a second, or null before anything was.</summary>
    public double? PerSecond =>
        samples.Peek() is var first && last.Done > first.Done && time.GetElapsedTime(first.At, last.At) is { Ticks: > 0 } elapsed ? (last.Done - first.Done) / elapsed.TotalSeconds : null;

    /// <summary>Takes note of how much is done by now; less than before means that other work has begun.</summary>
    /// <param name="done">Units done since the work began.</param>
    public void Add(double done)
    {
        long now = time.GetTimestamp();
        if (done < last.Done)
        {
            samples.Clear();
            samples.Enqueue((now, 0));
        }

        last = (now, done);
        samples.Enqueue(last);

        // Units may come rarer than the window is long.
        while (samples.Count > 2 && time.GetElapsedTime(samples.Peek().At, now) > Window)
            samples.Dequeue();
    }

    /// <summary>Throughput and time left, in words; empty before they are known.</summary>
    /// <param name="total">Units of the whole work.</param>
    /// <param name="unit">What a unit is called; null leaves the throughput out.</param>
    public string Text(double total, string? unit)
    {
        if (PerSecond is not { } pace)
            return "";
        string left = Duration((total - last.Done) / pace) + " left";
        return unit is null ? left : $"{Quantity(pace)} {unit}/s, {left}";
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => Number(seconds, "F0") + " s",
        < 5400 => Number(seconds / 60, "F0") + " min",
        _ => Number(seconds / 3600, "F1") + " h",
    };

    private static string Quantity(double value) => value switch
    {
        < 10 => Number(value, "F1"),
        < 1e6 => Number(value, "N0"),
        < 1e9 => Number(value / 1e6, "F1") + " M",
        _ => Number(value / 1e9, "F1") + " G",
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
