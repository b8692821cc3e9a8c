namespace Repro.Cluster;

/// <summary>Waiting for a run was stopped by the user; its jobs go on.</summary>
public sealed class WaitStoppedException : OperationCanceledException
{
    /// <summary>Creates the exception for a run.</summary>
    /// <param name="run">The run's folder.</param>
    public WaitStoppedException(string run)
        : base($"stopped waiting; the jobs go on: 'repro slurm status --run {run}' shows them, 'repro slurm cancel --run {run}' ends them.")
    {
    }
}

/// <summary>Waits for a run's end.</summary>
public static class ClusterWait
{
    // A shared disk may show a mark later than Slurm shows the end, and slurmctld may be restarted.
    private const int Patience = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Waits until the run has its verdict, or until it can't get one.</summary>
    /// <param name="run">A submitted run.</param>
    /// <param name="changed">Called with the state whenever it has changed.</param>
    /// <param name="cancellation">Stops the waiting, not the run.</param>
    /// <returns>The last state.</returns>
    /// <exception cref="WaitStoppedException">The user stopped it.</exception>
    /// <exception cref="SlurmException">Slurm has not answered for several times.</exception>
    public static RunState For(ClusterRun run, Action<RunState> changed, CancellationToken cancellation)
    {
        string shown = "";
        int silent = 0;
        int over = 0;
        for (TimeSpan pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 5 / 4, LongestPause.Ticks)))
        {
            try
            {
                RunState state = run.State();
                silent = 0;
                string text = RunStateText.Progress(state);
                if (text != shown)
                    changed(state);
                shown = text;
                over = state.IsOver ? over + 1 : 0;
                if (state.IsOver && (state.Verdict is not null || state.Failures.Any(f => f.ExitCode is not null) || over == Patience))
                    return state;
            }
            catch (SlurmException) when (!cancellation.IsCancellationRequested && ++silent < Patience)
            {
            }
            catch (SlurmException) when (cancellation.IsCancellationRequested)
            {
                // Ctrl-C reaches squeue as well.
                throw new WaitStoppedException(run.Location);
            }

            if (cancellation.WaitHandle.WaitOne(pause))
                throw new WaitStoppedException(run.Location);
        }
    }
}
