using System.Diagnostics;
using System.Globalization;
using Repro.Engine.Training;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>Shows a training run: its steps, with loss and tokens per second.</summary>
/// <param name="bar">The bar, or null where nobody watches.</param>
internal sealed class TrainingDisplay(ProgressTask? bar)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly WorkDisplay display = new(bar, unit: null);
    private int? before;
    private long tokens;
    private double smoothedLoss;

    public void Started(TrainingText text, int stepsTaken)
    {
        long total = text.Shares.Values.Sum(s => s.Tokens);
        Terminals.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{text.Shares.Count} languages, {total:N0} tokens, {text.Windows.Count:N0} windows; {text.DroppedLines} lines left out because a test split has them."));
        if (stepsTaken > 0)
            Terminals.Say(string.Create(CultureInfo.InvariantCulture, $"Going on after step {stepsTaken}."));
        watch.Restart();
    }

    public void AfterStep(TrainingProgress progress)
    {
        before ??= progress.Step - 1;
        tokens += progress.Tokens;
        smoothedLoss = smoothedLoss == 0 ? progress.Loss : (0.95 * smoothedLoss) + (0.05 * progress.Loss);
        double pace = tokens / watch.Elapsed.TotalSeconds;

        // A run that goes on is as far as it is, but its pace is that of its own steps.
        display.Show(
            progress.Step - before.Value,
            progress.Steps - before.Value,
            string.Create(CultureInfo.InvariantCulture, $"step {progress.Step}/{progress.Steps}  loss {smoothedLoss:F3}  {pace:N0} tokens/s"));
    }
}
