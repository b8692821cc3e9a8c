using Repro.Engine.Files;
using Repro.Paper.Reporting;

namespace Repro.Report.History;

/// <summary>The runs of a machine or a nightly workflow in one SQLite file, which several processes may write to and read at once.</summary>
/// <param name="path">The file.</param>
/// <param name="wait">How long to wait for another process that writes; null is half a minute.</param>
public sealed class RunHistory(string path, TimeSpan? wait = null)
{
    private const int DefaultWait = 30;
    private readonly HistoryFile file = new(path, wait ?? TimeSpan.FromSeconds(DefaultWait));

    /// <summary>The file by default: <c>repro/history.db</c> in <c>XDG_DATA_HOME</c>, in the home's <c>.local/share</c>, or, without a home, in a temporary folder of the user's own.</summary>
    public static string DefaultFile()
    {
        string? data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string root = !string.IsNullOrEmpty(data) ? data
            : !string.IsNullOrEmpty(home) ? Path.Combine(home, ".local", "share")
            : Path.Combine(Path.GetTempPath(), $"repro-{Environment.UserName}");
        return Path.Combine(root, "repro", "history.db");
    }

    /// <summary>Records each checkpoint that has verdicts as a run, all of them or none.</summary>
    /// <param name="results">What was found.</param>
    /// <param name="moment">When; the order of runs does not depend on it.</param>
    /// <returns>How many runs were recorded.</returns>
    /// <exception cref="InputException">The file is newer, damaged, or something else's.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public int Add(Results results, DateTimeOffset moment)
    {
        if (!results.Verified().Any())
            return 0;
        file.Write(connection =>
        {
            foreach ((string name, VerificationReport report) in results.Verified())
                RunWriter.Write(connection, name, report, results.Environment, moment);
        });
        return results.Verified().Count();
    }

    /// <summary>The newest runs, oldest first.</summary>
    /// <param name="last">How many at most.</param>
    /// <param name="profile">Only those of this profile; null for all.</param>
    /// <exception cref="InputException">There is no file, or it is newer, damaged, or something else's.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public IReadOnlyList<RecordedRun> Runs(int last, string? profile = null) => file.Read(connection => RunReader.Runs(connection, last, profile));

    /// <summary>What the newest runs that decided a claim said about it, oldest first.</summary>
    /// <param name="claim">The claim's id.</param>
    /// <param name="last">How many runs at most.</param>
    /// <exception cref="InputException">No run has decided it; or as <see cref="Runs"/>.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public IReadOnlyList<RecordedVerdict> Claim(string claim, int last)
    {
        IReadOnlyList<RecordedVerdict> found = file.Read(connection => RunReader.Claim(connection, claim, last));
        return found.Count > 0 ? found : throw new InputException($"No run in {path} has decided a claim '{claim}'; 'repro verify --list' shows the claims.");
    }

    /// <summary>Compares the newest run with the runs before it.</summary>
    /// <param name="profile">The newest of this profile; null for the newest of all.</param>
    /// <exception cref="InputException">There is no such run; or as <see cref="Runs"/>.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public DriftReport Drift(string? profile = null) => file.Read(connection =>
    {
        RecordedRun newest = RunReader.Runs(connection, 1, profile).SingleOrDefault()
            ?? throw new InputException($"{path} holds no run{(profile is null ? "" : $" of the profile {profile}")}; 'repro verify' records one.");
        return DriftReader.Read(connection, newest);
    });
}
