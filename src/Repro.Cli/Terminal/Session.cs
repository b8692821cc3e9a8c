using System.CommandLine;
using Repro.Cluster;
using Repro.Engine.Files;
using Repro.Engine.Native;

namespace Repro.Cli.Terminal;

/// <summary>Runs one command line: results go to standard output, messages to standard error, failures become one sentence.</summary>
internal static class Session
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string error in parsed.Errors.Select(e => e.Message).Distinct())
                await Console.Error.WriteLineAsync($"repro: {error}").ConfigureAwait(false);
            await Console.Error.WriteLineAsync("repro: see 'repro --help' or 'repro <command> --help'.").ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        Terminals.Configure(GlobalOptions.IsQuiet(parsed), !GlobalOptions.IsColourless(parsed));
        using Interruption interruption = new(CommandLine.Of(args));
        InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            // Off this thread, so that a command without an asynchronous part can be stopped too.
            int exitCode = await Task.Run(() => parsed.InvokeAsync(configuration, interruption.Token)).ConfigureAwait(false);
            interruption.Conclude();
            return exitCode;
        }
        catch (Exception e) when (Explain(e, interruption) is { } explained)
        {
            interruption.Conclude();
            await Console.Error.WriteLineAsync($"repro: {explained.Message}").ConfigureAwait(false);
            return explained.ExitCode;
        }
    }

    private static (string Message, int ExitCode)? Explain(Exception e, Interruption interruption) => e switch
    {
        InputException => (e.Message, ExitCode.BadInput),
        NativeLoadException => (e.Message, ExitCode.Environment),
        TypeInitializationException { InnerException: NativeLoadException inner } => (inner.Message, ExitCode.Environment),
        SlurmException => (e.Message, ExitCode.Environment),
        WaitStoppedException => (e.Message, ExitCode.Cancelled),
        OperationCanceledException => (interruption.Message, ExitCode.Cancelled),
        IOException or UnauthorizedAccessException => ($"{e.Message} (free space or choose another folder).", ExitCode.Environment),
        _ => null,
    };
}
