using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Repro.Engine.Native;

/// <summary>Finds libtorch and loads it before TorchSharp looks for it.</summary>
/// <remarks>
/// The natives stay where they are: in the folder that <c>REPRO_LIBTORCH</c> names (the <c>lib</c> folder of a Python torch, say),
/// beside the program, or in the NuGet package folder the build recorded. TorchSharp then finds them by their sonames.
/// </remarks>
public static class LibTorch
{
    /// <summary>The environment variable that names a folder with an existing libtorch.</summary>
    public const string FolderVariable = "REPRO_LIBTORCH";

    private static readonly Lazy<string> Loaded = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The folder libtorch was loaded from.</summary>
    public static string Folder => Loaded.Value;

    /// <summary>Version of TorchSharp, which fixes the version of libtorch it is built for.</summary>
    public static string BindingVersion => typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <summary>The version of libtorch that is needed, major and minor.</summary>
    public static string NeededVersion => TorchVersion.Needed;

    /// <summary>Bytes of the library that is loaded, which tell one libtorch from another where <c>REPRO_LIBTORCH</c> names it.</summary>
    public static long Size => NativeFolders.LoadOrder(Folder).Sum(path => new FileInfo(path).Length);

    /// <summary>Loads libtorch once; later calls cost nothing.</summary>
    /// <exception cref="NativeLoadException">It is not there, or the system can't load it.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    /// <summary>
    /// Loads libtorch as soon as anything of the engine is used, for TorchSharp copies 0.5 GB when it has to look for itself. A failure is kept
    /// for <see cref="EnsureLoaded"/>, so that what needs no tensor still works.
    /// </summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The order of loading is what this assembly guarantees.")]
    internal static void LoadEarly()
    {
        try
        {
            EnsureLoaded();
        }
        catch (NativeLoadException)
        {
        }
    }

    private static string Load()
    {
        HeapSettings.Apply();
        string folder = NativeFolders.LibTorch();
        foreach (string library in NativeFolders.LoadOrder(folder))
        {
            if (!NativeLibrary.TryLoad(library, out _))
                PreloadCudaRuntime(folder);
            LoadOrExplain(library);
        }

        BridgeLibrary.Load(NativeFolders.Bridge());
        return folder;
    }

    // Each library may need others of the set: what could not be loaded is tried again as long as one more can.
    private static void PreloadCudaRuntime(string folder)
    {
        string[] missing = [.. NativeFolders.CudaRuntime(folder)];
        for (int before = missing.Length + 1; missing.Length > 0 && missing.Length < before;)
        {
            before = missing.Length;
            missing = [.. missing.Where(path => !NativeLibrary.TryLoad(path, out _))];
        }
    }

    private static void LoadOrExplain(string path)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLoadException(
                $"libtorch can't be loaded from {path}: {FirstLine(e)}; run 'dotnet restore --force' or set {FolderVariable} to the lib folder of a torch {TorchVersion.Needed} installation.", e);
        }
    }

    internal static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].Trim().TrimEnd('.');

    internal static string Metadata(string key) =>
        typeof(LibTorch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value ?? "";
}
