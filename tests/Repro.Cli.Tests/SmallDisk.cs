using System.Diagnostics;

namespace Repro.Cli.Tests;

/// <summary>A small file system in memory; only the superuser may make one, and the test is skipped for others.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string path, int megabytes)
    {
        Path = Directory.CreateDirectory(path).FullName;
        if (!Succeeds("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", Path))
            Assert.Ignore("A full or read-only disk is tried on a small tmpfs, which only root may mount; run the tests as root for this one.");
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Resize(int megabytes) => Succeeds("mount", "-o", $"remount,size={megabytes}m", Path).Should().BeTrue();

    public void MakeReadOnly() => Succeeds("mount", "-o", "remount,ro", Path).Should().BeTrue();

    public void Dispose() => Succeeds("umount", Path);

    private static bool Succeeds(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
