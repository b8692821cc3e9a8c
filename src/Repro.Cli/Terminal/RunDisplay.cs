using System.Globalization;
using Repro.Paper.Experiments;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>Shows a verification's progress on standard error: a bar in a terminal, a line per tenth elsewhere.</summary>
/// <param name="bar">The bar, or null for lines.</param>
/// <param name="name">What the run is of, where there are several.</param>
internal sealed class RunDisplay(ProgressTask? bar, string name = "")
{
    private int tenth;

    public void Show(RunProgress progress)
    {
        string activity = name.Length == 0 ? progress.Activity : $"{name}: {progress.Activity}";
        if (bar is not null)
        {
            bar.MaxValue = progress.Total;
            bar.Value = progress.Done;
            bar.Description = Markup.Escape(activity);
        }
        else
        {
            // A run has parts, each with a total of its own.
            int now = (int)(progress.Done * 10 / Math.Max(1, progress.Total));
            if (now > tenth)
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now * 10,3} %  {activity}"));
            tenth = now;
        }
    }
}
