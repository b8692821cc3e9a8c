using System.Runtime.InteropServices;

namespace Repro.Engine.Native;

/// <summary>Where the native libraries are, and in which order they load.</summary>
internal static class NativeFolders
{
    private static readonly string TorchSharpVersion = Native.LibTorch.Metadata("TorchSharpVersion");

    // The packages' name for the platform.
    private static readonly string Rid = $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The folder that holds libtorch.</summary>
    public static string LibTorch()
    {
        string? chosen = Environment.GetEnvironmentVariable(Native.LibTorch.FolderVariable);
        if (!string.IsNullOrEmpty(chosen))
        {
            if (!File.Exists(Path.Combine(chosen, FileName("torch_cpu"))))
            {
                throw new NativeLoadException(
                    $"{Native.LibTorch.FolderVariable} names {chosen}, where there is no {FileName("torch_cpu")}: set it to the lib folder of a torch {TorchVersion.Needed} installation, or unset it.");
            }

            TorchVersion.Check(chosen);
            return Path.GetFullPath(chosen);
        }

        return Holding(FileName("torch_cpu"), $"libtorch-cpu-{Rid}", TorchVersion.Built)
            ?? throw new NativeLoadException(
                $"libtorch {TorchVersion.Built} for {Rid} is neither beside the program nor in {string.Join(" or ", PackageRoots())}: run 'dotnet restore' in the project's folder (or 'dotnet add package TorchSharp-cpu --version {TorchSharpVersion}' in any other project, once), or set {Native.LibTorch.FolderVariable} to the lib folder of a torch {TorchVersion.Needed} installation.");
    }

    /// <summary>The path of TorchSharp's own native library.</summary>
    public static string Bridge()
    {
        string name = FileName("LibTorchSharp");
        string folder = Holding(name, "torchsharp", TorchSharpVersion)
            ?? throw new NativeLoadException(
                $"TorchSharp {TorchSharpVersion}'s native library for {Rid} is neither beside the program nor in {string.Join(" or ", PackageRoots())}: run 'dotnet restore' in the project's folder.");
        return Path.Combine(folder, name);
    }

    /// <summary>libtorch's files, dependencies first; those of CUDA only where they exist.</summary>
    public static IEnumerable<string> LoadOrder(string folder) =>
        new[] { "c10", "c10_cuda", "torch_cpu", "torch_cuda", "torch" }
            .Select(name => Path.Combine(folder, FileName(name)))
            .Where(File.Exists);

    /// <summary>
    /// The CUDA runtime that Python packages install beside a Python torch (<c>site-packages/nvidia/*/lib</c>). Their libtorch finds it by its own
    /// search path, unless that was changed.
    /// </summary>
    public static IEnumerable<string> CudaRuntime(string folder)
    {
        string packages = Path.GetFullPath(Path.Combine(folder, "..", "..", "nvidia"));
        return Directory.Exists(packages)
            ? Directory.EnumerateDirectories(packages).Select(package => Path.Combine(package, "lib")).Where(Directory.Exists)
                .SelectMany(lib => Directory.EnumerateFiles(lib, "*.so*")).Order(StringComparer.Ordinal)
            : [];
    }

    // Those of the machine it was built on, where it still is that machine; then those of whoever runs it.
    private static string[] PackageRoots() =>
    [
        .. new[]
        {
            Native.LibTorch.Metadata("NuGetPackageRoot"),
            Environment.GetEnvironmentVariable("NUGET_PACKAGES"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        }.Where(root => Directory.Exists(root)).Select(root => Path.TrimEndingDirectorySeparator(root!)).Distinct(),
    ];

    private static string FileName(string library) => $"lib{library}.so";

    private static string? Holding(string file, string package, string version)
    {
        string place = Path.Combine("runtimes", Rid, "native");
        return new[] { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, place) }
            .Concat(PackageRoots().Select(root => Path.Combine(root, package, version, place)))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, file)));
    }
}
