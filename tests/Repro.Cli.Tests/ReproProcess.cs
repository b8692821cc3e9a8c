using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Repro.Cli.Tests;

/// <summary>What a run of <c>repro</c> gave.</summary>
internal sealed record ReproOutcome(int ExitCode, string Output, string Error);

/// <summary>Runs <c>repro</c> as a process, the way people do.</summary>
internal static class ReproProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    // By its whole path, so that a test may take everything off PATH.
    private static readonly string Dotnet = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static string Tiny { get; } = Path.Combine(Project.Folder, "fixtures", "tiny");

    public static string Corpora { get; } = Path.Combine(Project.Folder, "fixtures", "corpora");

    public static ReproOutcome Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    public static ReproOutcome Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = Start(arguments);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Finish(start);
    }

    /// <summary>
    /// How <c>repro</c> is started. Whoever runs the tests in the background lets them inherit an ignored Ctrl-C, which it does not.
    /// </summary>
    public static ProcessStartInfo Start(params string[] arguments) =>
        StartProgram(
            "env", Project.Folder, ["--default-signal=INT", Dotnet, Path.Combine(AppContext.BaseDirectory, "repro.dll"), .. arguments]);

    /// <summary>How a program is started.</summary>
    public static ProcessStartInfo StartProgram(string program, string folder, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = folder,

        // Tests run side by side; libtorch's threads are not to wait for work on a core that another process needs.
        Environment = { ["OMP_WAIT_POLICY"] = "PASSIVE" },
    };

    /// <summary>Runs a program to its end.</summary>
    public static ReproOutcome Finish(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ran longer than {Limit}.");
        }

        return new ReproOutcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
