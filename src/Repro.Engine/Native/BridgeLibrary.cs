using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Repro.Engine.Files;

namespace Repro.Engine.Native;

/// <summary>
/// Loads TorchSharp's native library. Where the system's libstdc++ predates GCC 13 (Debian 12, Ubuntu 22.04), the library's need of
/// <c>GLIBCXX_3.4.32</c> is marked weak in a private copy: the only symbol under that version is a link marker that nothing calls.
/// </summary>
internal static class BridgeLibrary
{
    internal const string MissingVersion = "GLIBCXX_3.4.32";

    public static void Load(string path)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (DllNotFoundException e) when (e.Message.Contains(MissingVersion, StringComparison.Ordinal))
        {
            LoadPrivateCopy(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLoadException($"TorchSharp's native library can't be loaded from {path}: {LibTorch.FirstLine(e)}; run 'dotnet restore --force', or use x64 Linux with glibc 2.34 or later.", e);
        }
    }

    private static void LoadPrivateCopy(string path)
    {
        try
        {
            NativeLibrary.Load(PrepareCopy(path, UserCache.Folder("native")));
        }
        catch (Exception e) when (e is DllNotFoundException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new NativeLoadException(
                $"This system's libstdc++ lacks {MissingVersion} and the private copy that does without it failed: {LibTorch.FirstLine(e)}; install libstdc++ of GCC 13 or later, or set XDG_CACHE_HOME to a writable folder.", e);
        }
    }

    /// <summary>Writes the edited copy unless an identical one is already there.</summary>
    /// <returns>The copy's path.</returns>
    internal static string PrepareCopy(string path, string cacheFolder)
    {
        byte[] image = File.ReadAllBytes(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(image));
        if (ElfVersionNeed.Weaken(image, MissingVersion) == 0)
            throw new InvalidDataException($"{path} does not name {MissingVersion}");

        string copy = Path.Combine(cacheFolder, hash[..16], Path.GetFileName(path));
        if (File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(image))
            return copy;
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        AtomicFile.Write(copy, stream => stream.Write(image));
        return copy;
    }
}
