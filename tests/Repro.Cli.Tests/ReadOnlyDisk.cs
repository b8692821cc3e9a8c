using System.Diagnostics;

namespace Repro.Cli.Tests;

/// <summary>A file system that nothing can be written to; only the superuser, whom permissions do not stop, may make one, and needs one.</summary>
internal sealed class ReadOnlyDisk : IDisposable
{
    public ReadOnlyDisk(string path)
    {
        Path = Directory.CreateDirectory(path).FullName;
        if (!Succeeds("mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", Path))
            Assert.Ignore("A read-only disk is tried on a small tmpfs, which only root may mount; run the tests as root for this one.");
    }

    public string Path { get; }

    public void Dispose() => Succeeds("umount", Path);

    private static bool Succeeds(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
