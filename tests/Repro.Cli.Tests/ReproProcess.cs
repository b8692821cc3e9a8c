using System.Diagnostics;
using Repro.Paper.Profiles;

namespace Repro.Cli.Tests;

/// <summary>What a run of <c>repro</c> gave.</summary>
internal sealed record ReproOutcome(int ExitCode, string Output, string Error);

/// <summary>Runs <c>repro</c> as a process, the way people do.</summary>
internal static class ReproProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static string Project { get; } = ProjectFolder.Find();

    public static string Tiny { get; } = Path.Combine(Project, "fixtures", "tiny");

    public static string Corpora { get; } = Path.Combine(Project, "fixtures", "corpora");

    public static ReproOutcome Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    public static ReproOutcome Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "repro.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Project,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"repro {string.Join(' ', arguments)} ran longer than {Limit}.");
        }

        return new ReproOutcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
