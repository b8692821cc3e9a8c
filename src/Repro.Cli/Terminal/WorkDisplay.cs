using System.Globalization;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>Shows on standard error how far long work is, how fast it goes and how long it still takes: a bar in a terminal, elsewhere a line per tenth and at least every 20 seconds, nothing with <c>--quiet</c>.</summary>
/// <param name="bar">The bar, or null where nobody watches.</param>
/// <param name="unit">What is counted, for the throughput; null shows none.</param>
/// <param name="time">The clock; null is the system's.</param>
internal sealed class WorkDisplay(ProgressTask? bar, string? unit, TimeProvider? time = null)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private readonly WorkPace pace = new(time ?? TimeProvider.System);
    private long spokeAt = (time ?? TimeProvider.System).GetTimestamp();
    private int tenth;

    /// <summary>Shows a state of the work.</summary>
    /// <param name="done">Units done.</param>
    /// <param name="total">Units of the whole work.</param>
    /// <param name="activity">What is being done, in a few words.</param>
    public void Show(double done, double total, string activity)
    {
        pace.Add(done);
        string speed = pace.Text(total, unit);
        if (bar is not null)
        {
            bar.MaxValue = total;
            bar.Value = done;
            bar.Description = Markup.Escape(Cropped(speed.Length == 0 ? activity : $"{speed}  {activity}"));
            return;
        }

        int now = (int)(done * 10 / Math.Max(1e-9, total));
        if (now > tenth || clock.GetElapsedTime(spokeAt) >= LongestSilence)
        {
            spokeAt = clock.GetTimestamp();
            Terminals.Say(string.Create(CultureInfo.InvariantCulture, $"{(int)(done * 100 / Math.Max(1e-9, total)),3} %  {speed}  {activity}").TrimEnd());
        }

        // Work that has parts begins again with each.
        tenth = now;
    }

    private static string Cropped(string text) => text.Length <= Terminals.DescriptionWidth ? text : string.Concat(text.AsSpan(0, Terminals.DescriptionWidth - 1), "…");
}
