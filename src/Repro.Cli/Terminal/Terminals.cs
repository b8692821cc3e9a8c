using Repro.Engine.Models;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>The two output streams.</summary>
internal static class Terminals
{
    /// <summary>Standard error: progress and messages.</summary>
    public static IAnsiConsole Error { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Whether a person watches standard error.</summary>
    public static bool Interactive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Shows a share of the work done, 0 to 1.</summary>
    public static void Show(ProgressTask? bar, double share)
    {
        if (bar is null)
            return;
        bar.MaxValue = 1;
        bar.Value = share;
    }

    /// <summary>Says on standard error what a user of a model should know.</summary>
    public static void Note(LlamaConfig config)
    {
        foreach (string note in config.Notes())
            Console.Error.WriteLine($"repro: {note}");
    }

    /// <summary>Runs work under a progress bar, or under none where nobody watches.</summary>
    /// <param name="title">What the bar says at first.</param>
    /// <param name="work">The work; gets the bar, or null.</param>
    public static void WithProgress(string title, Action<ProgressTask?> work)
    {
        if (!Interactive)
        {
            work(null);
            return;
        }

        Error.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(context.AddTask(title)));
    }
}
