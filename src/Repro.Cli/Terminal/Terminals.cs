using System.Globalization;
using Repro.Engine.Models;
using Repro.Engine.Text;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>The two output streams: results go to standard output, progress and notes to standard error.</summary>
internal static class Terminals
{
    private const int BarWidth = 16;

    // The bar, the percentage and the blanks between.
    private const int BesideDescription = BarWidth + 8;

    private static readonly Lazy<IAnsiConsole> ErrorConsole = new(CreateError);
    private static bool colourless;
    private static bool barIsShown;

    /// <summary>Standard error as a terminal.</summary>
    public static IAnsiConsole Error => ErrorConsole.Value;

    /// <summary>Whether progress and notes are left out.</summary>
    public static bool IsQuiet { get; private set; }

    /// <summary>Whether a person watches standard error.</summary>
    public static bool Interactive => !IsQuiet && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Characters that a bar's description may have on one line.</summary>
    public static int DescriptionWidth => Math.Max(10, Error.Profile.Width - BesideDescription);

    /// <summary>Sets what the user asked for; before anything is shown.</summary>
    /// <param name="quiet">Whether to leave out progress and notes.</param>
    /// <param name="colour">Whether colours may be used where the terminal has them and <c>NO_COLOR</c> is not set.</param>
    public static void Configure(bool quiet, bool colour)
    {
        IsQuiet = quiet;
        colourless = !colour || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    /// <summary>Says something that a person may want to know, unless quiet.</summary>
    public static void Say(string note)
    {
        if (IsQuiet)
            return;
        if (barIsShown)
            Error.WriteLine(note);
        else
            Console.Error.WriteLine(note);
    }

    /// <summary>Writes a part of the result, above a bar where one is shown on the same terminal.</summary>
    public static void Result(string text)
    {
        if (barIsShown && !Console.IsOutputRedirected)
            Error.Write(new Text(text));
        else
            Console.Write(text);
    }

    /// <summary>Says what a user of a model should know.</summary>
    public static void Note(LlamaConfig config)
    {
        foreach (string note in config.Notes())
            Say($"repro: {note}");
    }

    /// <summary>Warns where test lines of a run's texts also stand among the training lines.</summary>
    public static void Note(RunConfiguration configuration)
    {
        Note(Corpus.Open(configuration.Corpus));
        if (SharedLines.Warning(configuration.Profile.Texts, configuration.Corpus, configuration.FurtherCorpus) is { } warning)
            Say($"repro: {warning}");
    }

    /// <summary>Says which names of a corpus are read under another or left out.</summary>
    public static void Note(Corpus corpus)
    {
        if (corpus.Note is { } note)
            Say($"repro: {note}");
    }

    /// <summary>Says how many lines were too long to be read.</summary>
    public static void Note(DocumentReader reader)
    {
        if (reader.LongLines > 0)
            Say(string.Create(CultureInfo.InvariantCulture, $"repro: {reader.LongLines} lines have more tokens than the model has positions and are left out"));
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

        barIsShown = true;
        try
        {
            Error.Progress()
                .AutoClear(true)
                .Columns(Bar(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .Start(context => work(context.AddTask(title)));
        }
        finally
        {
            barIsShown = false;
        }
    }

    /// <summary>Leaves the terminal as it was found, where a bar is shown: for a process that ends at once.</summary>
    public static void LeaveBar()
    {
        // Clears the line, and gives back the cursor and the keypad, which the bar and the runtime have taken.
        if (barIsShown)
            Console.Error.Write("\r\u001b[K\u001b[?25h\u001b[?1l\u001b>");
    }

    private static ProgressBarColumn Bar() => colourless
        ? new ProgressBarColumn { Width = BarWidth, CompletedStyle = Style.Plain, FinishedStyle = Style.Plain, RemainingStyle = Style.Plain, IndeterminateStyle = Style.Plain }
        : new ProgressBarColumn { Width = BarWidth };

    private static IAnsiConsole CreateError()
    {
        AnsiConsoleSettings settings = new() { Out = new AnsiConsoleOutput(Console.Error) };
        if (colourless)
            settings.ColorSystem = ColorSystemSupport.NoColors;
        return AnsiConsole.Create(settings);
    }
}
