using System.Runtime.InteropServices;
using Repro.Engine.Files;
using Repro.Harness.Store;

namespace Repro.Cli.Terminal;

/// <summary>
/// Ctrl-C and SIGTERM. The first asks the command to stop; what has not stopped in time ends in the midst of its work, which costs nothing that is kept,
/// since every file appears when it is complete. A second one ends it at once.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.6);

    private static string? finishing;
    private static string? kept;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly string commandLine;
    private int signals;
    private int ended;

    /// <summary>Listens from now on.</summary>
    /// <param name="commandLine">The command, as it is to be run again.</param>
    public Interruption(string commandLine)
    {
        this.commandLine = commandLine;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Is cancelled when the command is to stop.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>What to say of a command that was stopped.</summary>
    public string Message => kept is null ? $"stopped; nothing was written. To begin again: {commandLine}" : $"stopped; {kept}. To go on: {commandLine}";

    /// <summary>Says what a stopped run leaves, from which the same command goes on.</summary>
    /// <param name="what">For example "what was measured is kept".</param>
    public static void Keeps(string what) => kept = what;

    /// <summary>Lets the command take the time it needs to stop.</summary>
    /// <param name="what">What is done first, for the person who waits.</param>
    public static void LetFinish(string what) => finishing = what;

    /// <summary>Claims the end of the process for the caller; where it is being ended already, this does not return.</summary>
    public void Conclude()
    {
        if (Interlocked.Exchange(ref ended, 1) == 1)
            Thread.Sleep(Timeout.Infinite);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref signals) > 1)
        {
            EndNow();
            return;
        }

        if (finishing is null)
            new Thread(EndAfterGrace) { IsBackground = true }.Start();
        else
            Console.Error.WriteLine($"repro: stopping: {finishing}. Press Ctrl-C again to quit now.");
        source.Cancel();
    }

    private void EndAfterGrace()
    {
        Thread.Sleep(Grace);
        EndNow();
    }

    private void EndNow()
    {
        if (Interlocked.Exchange(ref ended, 1) == 1)
            return;
        Terminals.LeaveBar();
        Console.Error.WriteLine($"repro: {Message}");
        AtomicFile.RemoveUnfinished();
        ScratchFolder.Remove();

        // An orderly exit would take libtorch down under the threads that still compute.
        ExitNow(ExitCode.Cancelled);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int status);
}
