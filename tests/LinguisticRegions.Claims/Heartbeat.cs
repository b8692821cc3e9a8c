using System.Diagnostics;

namespace LinguisticRegions.Claims;

/// <summary>Says what is being measured, at most every 20 seconds, so that a long run is not taken for a hung one.</summary>
/// <param name="what">The table.</param>
internal sealed class Heartbeat(string what)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private readonly Stopwatch since = Stopwatch.StartNew();

    public void Show(long units, string activity)
    {
        if (since.Elapsed < Pause)
            return;
        since.Restart();
        TestContext.Progress.WriteLine($"{what}: {activity}");
    }
}
