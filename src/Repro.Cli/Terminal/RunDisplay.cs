using System.Globalization;
using Repro.Paper.Experiments;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>Shows a verification's progress on standard error: a bar in a terminal, a line per tenth elsewhere.</summary>
internal sealed class RunDisplay(ProgressTask? bar)
{
    private int tenth;

    /// <summary>Begins a further part of the run, which has a total of its own.</summary>
    public RunDisplay Restart() => new(bar);

    public void Show(RunProgress progress)
    {
        if (bar is not null)
        {
            bar.MaxValue = progress.Total;
            bar.Value = progress.Done;
            bar.Description = Markup.Escape(progress.Activity);
        }
        else if (progress.Done * 10 / Math.Max(1, progress.Total) is long now && now > tenth)
        {
            tenth = (int)now;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenth * 10,3} %  {progress.Activity}"));
        }
    }
}
