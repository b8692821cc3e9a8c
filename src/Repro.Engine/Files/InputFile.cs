using System.Text;

namespace Repro.Engine.Files;

/// <summary>Opens files that come from outside: ordinary files, and of those that are read at once only what a bound allows.</summary>
/// <remarks>
/// The rule for links. What the user names, and what lies in a folder that the user names, may be a link to anywhere: Hugging Face's cache keeps the files
/// of a snapshot as links into <c>../../blobs</c>. Whatever a link leads to must be an ordinary file, since a device or a pipe may block or never end. A file
/// that names others, as an index names its shards, names them by plain file names in its own folder.
/// </remarks>
public static class InputFile
{
    // What Git puts in the place of a large file until its content is fetched; it has three short lines.
    private const string LargeFilePointer = "version https://git-lfs.github.com/spec/";
    private const int LongestPointer = 1024;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is missing, can't be read, is no ordinary file, or stands for one that Git LFS has not fetched.</exception>
    public static FileStream Open(string path)
    {
        FileStream? stream = null;
        try
        {
            if (FileKind.OtherThanFile(path) is { } other)
                throw new InputException($"{path} can't be read: {other}; name an ordinary file.");
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length <= LongestPointer && IsPointer(stream))
                throw new InputException($"{path} is a Git LFS pointer and not the file itself; run 'git lfs pull' in its folder.");
            return stream;
        }
        catch (Exception e)
        {
            stream?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new InputException($"{path} can't be read: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Most bytes it may have.</param>
    /// <exception cref="InputException">It is missing, can't be read, is no ordinary file, or is larger.</exception>
    public static byte[] ReadBytes(string path, long most)
    {
        using FileStream stream = Open(path);
        if (stream.Length > most)
            throw new InputException($"{path} has {stream.Length} bytes and at most {most} are read; check that it is the right file.");
        try
        {
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException e)
        {
            throw new InputException($"{path} can't be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a whole file as UTF-8 text, without a byte order mark.</summary>
    /// <inheritdoc cref="ReadBytes"/>
    /// <exception cref="InputException">As of bytes, or it is not UTF-8.</exception>
    public static string ReadText(string path, long most)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(ReadBytes(path, most)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{path} is not UTF-8 text (byte {e.Index}); convert it.", e);
        }
    }

    private static bool IsPointer(FileStream stream)
    {
        byte[] start = new byte[LargeFilePointer.Length];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == start.Length && Encoding.ASCII.GetString(start) == LargeFilePointer;
    }
}
