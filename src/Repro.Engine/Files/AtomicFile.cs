using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Repro.Engine.Files;

/// <summary>Writes a file so that a reader sees the old content or the new one, never a part.</summary>
public static class AtomicFile
{
    private const string Suffix = ".tmp";
    private static readonly ConcurrentDictionary<string, bool> Unfinished = new(StringComparer.Ordinal);
    private static int written;

    /// <summary>Writes to a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it into place.</summary>
    /// <param name="path">The file to write; its folder exists or is created.</param>
    /// <param name="write">Writes the content; when it throws, the temporary file is removed and the old file stays.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = TemporaryBeside(path);
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Removes what processes of this machine that are no more have left half written.</summary>
    /// <param name="folder">The folder to clean, with those below it; it need not exist.</param>
    public static void RemoveAbandoned(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string path in Directory.GetFileSystemEntries(folder, $".*{Suffix}", SearchOption.AllDirectories).Where(IsAbandoned))
            Remove(path);
    }

    /// <summary>Removes what this process has left half written; for a process that ends at once.</summary>
    public static void RemoveUnfinished()
    {
        foreach (string path in Unfinished.Keys)
            Remove(path);
    }

    /// <summary>
    /// The name a file has until it is complete: one of its own for each write, so that threads, processes and machines may write the same path.
    /// </summary>
    public static string TemporaryBeside(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Interlocked.Increment(ref written)}.{Environment.MachineName}{Suffix}"));
        Unfinished[temporary] = true;
        return temporary;
    }

    private static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (IOException)
        {
            // Another run, or another thread, removes it too.
        }
    }

    private static bool IsAbandoned(string path)
    {
        string name = Path.GetFileName(path);
        string[] parts = name.EndsWith($".{Environment.MachineName}{Suffix}", StringComparison.Ordinal) ? name[..^(Environment.MachineName.Length + Suffix.Length + 1)].Split('.') : [];
        return parts.Length > 3 && int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out int process) && !IsRunning(process);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
