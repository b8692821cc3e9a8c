using System.Runtime.InteropServices;

namespace Repro.Engine.Native;

/// <summary>Where the native libraries are, and in which order they load.</summary>
internal static class NativeFolders
{
    private const string LibTorchVersion = "2.10.0";
    private const string TorchSharpVersion = "0.107.0";

    /// <summary>The folder that holds libtorch.</summary>
    public static string LibTorch()
    {
        string? chosen = Environment.GetEnvironmentVariable(Native.LibTorch.FolderVariable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return File.Exists(Path.Combine(chosen, FileName("torch_cpu")))
                ? Path.GetFullPath(chosen)
                : throw new NativeLoadException(
                    $"{Native.LibTorch.FolderVariable} names {chosen}, where there is no {FileName("torch_cpu")}: set it to the lib folder of a torch 2.10 installation, or unset it.");
        }

        string packages = Path.Combine(PackageRoot(), $"libtorch-cpu-{Rid}", LibTorchVersion, "runtimes", Rid, "native");
        return Holding(FileName("torch_cpu"), AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", Rid, "native"), packages)
            ?? throw new NativeLoadException(
                $"libtorch {LibTorchVersion} for {Rid} is neither beside the program nor in {packages}: run 'dotnet restore' or set {Native.LibTorch.FolderVariable} to the lib folder of a torch 2.10 installation.");
    }

    /// <summary>The path of TorchSharp's own native library.</summary>
    public static string Bridge()
    {
        string name = FileName("LibTorchSharp");
        string packages = Path.Combine(PackageRoot(), "torchsharp", TorchSharpVersion, "runtimes", Rid, "native");
        string folder = Holding(name, AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", Rid, "native"), packages)
            ?? throw new NativeLoadException(
                $"TorchSharp {TorchSharpVersion}'s native library for {Rid} is neither beside the program nor in {packages}: run 'dotnet restore'.");
        return Path.Combine(folder, name);
    }

    /// <summary>libtorch's files, dependencies first; those of CUDA only where they exist.</summary>
    public static IEnumerable<string> LoadOrder(string folder) =>
        new[] { "c10", "c10_cuda", "torch_cpu", "torch_cuda", "torch" }
            .Select(name => Path.Combine(folder, FileName(name)))
            .Where(File.Exists);

    private static string Rid =>
        OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static string PackageRoot()
    {
        string recorded = Native.LibTorch.Metadata("NuGetPackageRoot");
        if (Directory.Exists(recorded))
            return recorded;
        return Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
    }

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static string? Holding(string file, params string[] folders) => folders.FirstOrDefault(f => File.Exists(Path.Combine(f, file)));
}
