using System.Text;

namespace Repro.Engine.Files;

/// <summary>Opens files that come from outside: ordinary files, and of those that are read at once only what a bound allows.</summary>
/// <remarks>
/// <para>
/// The rule for links. What the user names, and what lies in a folder that the user names, may be a link to anywhere: Hugging Face's cache keeps every file
/// of a snapshot as a link into <c>../../blobs</c>. Whatever a link leads to must be an ordinary file, since a device or a pipe may block or never end.
/// </para>
/// <para>
/// What a file names, as an index names its shards, must be a plain file name, and with every link followed it must lie where the folder or the naming
/// file itself lies: beside the index, or beside the blob that the index is a link to.
/// </para>
/// </remarks>
public static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is missing, can't be read, or is no ordinary file.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return FileKind.OtherThanFile(path) is { } other
                ? throw new InputException($"{path} can't be read: {other}; name an ordinary file.")
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} can't be read: {e.Message}", e);
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

    /// <summary>The path of a file that another file names, after a look at where it leads.</summary>
    /// <param name="folder">The folder that both lie in.</param>
    /// <param name="name">A plain file name.</param>
    /// <param name="naming">Path of the file that names it.</param>
    /// <exception cref="InputException">It is a link that leads elsewhere.</exception>
    public static string Named(string folder, string name, string naming)
    {
        string path = Path.Combine(folder, name);
        if (FileKind.RealPath(path) is { } real && Path.GetDirectoryName(real) is var place
            && place != FileKind.RealPath(folder) && place != Path.GetDirectoryName(FileKind.RealPath(naming)))
        {
            throw new InputException($"{naming} names '{name}', a link that leads elsewhere ({real}); put the file itself into the folder.");
        }

        return path;
    }
}
