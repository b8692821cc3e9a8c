namespace Repro.Engine.Storage;

/// <summary>Writes a file so that a reader sees the old content or the new one, never a part.</summary>
public static class AtomicFile
{
    private static int written;

    /// <summary>Writes to a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it into place.</summary>
    /// <param name="path">The file to write; its folder exists or is created.</param>
    /// <param name="write">Writes the content; when it throws, the temporary file is removed and the old file stays.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);

        // Each write has a file of its own, so that two threads may write the same path.
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Interlocked.Increment(ref written)}.tmp");
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
}
