using Repro.Engine.Native;

namespace Repro.Report.Doctor;

/// <summary>Looks at the native libraries of this process.</summary>
internal static class NativeProbe
{
    // What TorchSharp's library names in its version table: GCC 13.
    private const string Version = "GLIBCXX_3.4.32";

    /// <summary>libtorch, which is loaded if that is possible.</summary>
    public static TorchFacts Torch()
    {
        try
        {
            LibTorch.EnsureLoaded();
            bool hasCuda = LoadedFiles().Any(f => Path.GetFileName(f).StartsWith("libtorch_cuda", StringComparison.Ordinal));
            return new TorchFacts(string.Join('.', TorchSharp.torch.__version__.Split('.').Take(3)), LibTorch.Folder, hasCuda, hasCuda && TorchSharp.torch.cuda.is_available() ? TorchSharp.torch.cuda.device_count() : 0, null);
        }
        catch (Exception e) when (e is NativeLoadException or TypeInitializationException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or IOException or UnauthorizedAccessException)
        {
            return new TorchFacts(null, null, false, 0, (e.InnerException is NativeLoadException inner ? inner : e).Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>libstdc++, and whether TorchSharp's library is loaded as it came or as the adjusted copy.</summary>
    public static StandardLibraryFacts StandardLibrary()
    {
        string[] files = LoadedFiles();
        string? library = files.FirstOrDefault(f => Path.GetFileName(f).StartsWith("libstdc++.so", StringComparison.Ordinal));
        string copies = Engine.Files.UserCache.Folder("native");
        return new StandardLibraryFacts(
            library,
            library is not null && Contains(library, Version),
            files.FirstOrDefault(f => Path.GetFileName(f).StartsWith("libLibTorchSharp", StringComparison.Ordinal) && f.StartsWith(copies, StringComparison.Ordinal)));
    }

    private static string[] LoadedFiles()
    {
        const string Maps = "/proc/self/maps";
        return File.Exists(Maps) ? [.. File.ReadLines(Maps).Select(l => l.IndexOf('/') is > 0 and int start ? l[start..] : "").Where(f => f.Length > 0).Distinct()] : [];
    }

    private static bool Contains(string file, string version)
    {
        try
        {
            return File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(version + "\0")) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
