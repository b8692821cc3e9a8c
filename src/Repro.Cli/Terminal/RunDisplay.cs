using Repro.Harness.Verification;
using Spectre.Console;

namespace Repro.Cli.Terminal;

/// <summary>Shows a verification's progress, counted in tokens read forward; what is recalled counts as done.</summary>
/// <param name="bar">The bar, or null where nobody watches.</param>
/// <param name="name">What the run is of, where there are several.</param>
internal sealed class RunDisplay(ProgressTask? bar, string name = "")
{
    private readonly WorkDisplay display = new(bar, "tokens");

    public void Show(RunProgress progress) => display.Show(progress.Done, progress.Total, name.Length == 0 ? progress.Activity : $"{name}: {progress.Activity}");
}
