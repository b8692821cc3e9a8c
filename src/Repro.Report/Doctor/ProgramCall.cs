using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Repro.Report.Doctor;

/// <summary>Asks a program of the system, which may be missing, fail or never answer.</summary>
internal static class ProgramCall
{
    /// <summary>What the program answers within a time.</summary>
    /// <param name="limit">How long to wait; then the program is ended.</param>
    /// <param name="program">Its name on the path, or its file.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProgramAnswer Ask(TimeSpan limit, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();

            // A child of the program may keep its output open for longer than the program lives.
            if (!process.WaitForExit(limit) || !Task.WaitAll([output, error], limit))
            {
                process.Kill(entireProcessTree: true);
                return new ProgramAnswer(null, string.Create(CultureInfo.InvariantCulture, $"{program} does not answer within {limit.TotalSeconds:0.#} s"));
            }

            string[] lines = Lines(output.Result);
            return process.ExitCode == 0
                ? new ProgramAnswer(lines, null)
                : new ProgramAnswer(null, $"{program} ends with exit code {process.ExitCode}: {Lines(error.Result).Concat(lines).FirstOrDefault("it says nothing")}");
        }
        catch (Win32Exception)
        {
            return new ProgramAnswer(null, null);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return new ProgramAnswer(null, $"{program} can't be asked: {e.Message}");
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
