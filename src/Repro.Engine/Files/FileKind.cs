using System.Runtime.InteropServices;

namespace Repro.Engine.Files;

/// <summary>What a path leads to, as the file system says it; .NET does not tell a pipe from a file.</summary>
internal static unsafe partial class FileKind
{
    private const int CurrentFolder = -100;
    private const uint AskForType = 1;
    private const int ResultLength = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int OrdinaryFile = 0x8000;
    private const int Folder = 0x4000;

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

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte* result);
}
