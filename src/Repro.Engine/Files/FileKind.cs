using System.Runtime.InteropServices;
using System.Text;

namespace Repro.Engine.Files;

/// <summary>What a path leads to, as the file system says it; .NET tells neither a pipe from a file nor where several links end.</summary>
internal static unsafe partial class FileKind
{
    private const int CurrentFolder = -100;
    private const uint AskForType = 1;
    private const int ResultLength = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int OrdinaryFile = 0x8000;
    private const int Folder = 0x4000;
    private const int LongestPath = 4096;

    /// <summary>Why a path, with every link followed, is no ordinary file; null where it is one, or nothing at all.</summary>
    public static string? OtherThanFile(string path)
    {
        byte* result = stackalloc byte[ResultLength];
        if (StatX(CurrentFolder, path, 0, AskForType, result) != 0)
            return null;
        return (*(ushort*)(result + ModeOffset) & TypeMask) switch
        {
            OrdinaryFile => null,
            Folder => "it is a folder",
            _ => "it is a device, a pipe or a socket and not an ordinary file",
        };
    }

    /// <summary>The absolute path without any link in it, or null where there is nothing.</summary>
    public static string? RealPath(string path)
    {
        byte* result = stackalloc byte[LongestPath];
        return RealPath(path, result) is null ? null : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(result));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte* result);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial byte* RealPath(string path, byte* result);
}
