using System.Diagnostics;
using System.Globalization;
using Repro.Engine.Training;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>Shows a training run on standard error: a bar in a terminal, a line now and then elsewhere.</summary>
internal sealed class TrainingDisplay
{
    private const int StepsPerLine = 50;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly ProgressTask? bar;
    private long tokens;
    private double smoothedLoss;

    public TrainingDisplay(ProgressTask? bar) => this.bar = bar;

    public void Started(TrainingText text, int stepsTaken)
    {
        long total = text.Shares.Values.Sum(s => s.Tokens);
        Terminals.Error.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{text.Shares.Count} languages, {total:N0} tokens, {text.Windows.Count:N0} windows; {text.DroppedLines} lines left out because a test split has them.");
        if (stepsTaken > 0)
            Terminals.Error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Going on after step {stepsTaken}.");
        watch.Restart();
    }

    public void AfterStep(TrainingProgress progress)
    {
        tokens += progress.Tokens;
        smoothedLoss = smoothedLoss == 0 ? progress.Loss : (0.95 * smoothedLoss) + (0.05 * progress.Loss);
        double pace = tokens / watch.Elapsed.TotalSeconds;
        string text = string.Create(CultureInfo.InvariantCulture, $"step {progress.Step}/{progress.Steps}  loss {smoothedLoss:F3}  {pace:N0} tokens/s");
        if (bar is not null)
        {
            bar.MaxValue = progress.Steps;
            bar.Value = progress.Step;
            bar.Description = text;
        }
        else if (progress.Step % StepsPerLine == 0 || progress.Step == progress.Steps)
        {
            Terminals.Error.WriteLine(text);
        }
    }
}
