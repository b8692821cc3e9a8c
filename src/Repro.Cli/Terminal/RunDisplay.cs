using System.Globalization;
using Repro.Paper.Experiments;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>Shows a verification's progress on standard error: a bar in a terminal, a line per tenth elsewhere.</summary>
internal sealed class RunDisplay(ProgressTask? bar)
{
    private int tenth;

    public void Show(RunProgress progress)
    {
        if (bar is not null)
        {
            bar.MaxValue = progress.Total;
            bar.Value = progress.Done;
            bar.Description = Markup.Escape(progress.Activity);
        }
        else
        {
            // A run has parts, each with a total of its own.
            int now = (int)(progress.Done * 10 / Math.Max(1, progress.Total));
            if (now > tenth)
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now * 10,3} %  {progress.Activity}"));
            tenth = now;
        }
    }
}
