using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Repro.Engine.Native;

namespace Repro.Report.Model;

/// <summary>What a run ran on, for the provenance of its results; none of it is compared.</summary>
/// <param name="Version">Version of this program.</param>
/// <param name="Commit">The commit it was built from, or null where the build knew none.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="System">The operating system.</param>
/// <param name="Processor">Architecture, widest vectors and number of processors.</param>
/// <param name="TorchSharp">Version of TorchSharp, which fixes that of libtorch.</param>
/// <param name="Command">The command line.</param>
/// <param name="Variables">Those environment variables that can change a number or its speed; no others are ever read into a result.</param>
public sealed record RunEnvironment(
    string Version, string? Commit, string Runtime, string System, string Processor, string TorchSharp, string Command, IReadOnlyDictionary<string, string> Variables)
{
    private static readonly string[] Allowed = ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "ATEN_CPU_CAPABILITY", "CUDA_VISIBLE_DEVICES", "CUBLAS_WORKSPACE_CONFIG"];

    /// <summary>The environment of this process.</summary>
    /// <param name="command">The command line it was given.</param>
    public static RunEnvironment Now(string command)
    {
        string[] version = (typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+');
        return new RunEnvironment(
            version[0],
            version.Length > 1 ? version[1] : null,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            $"{RuntimeInformation.ProcessArchitecture}, {Vectors()}-bit vectors, {Environment.ProcessorCount} processors",
            LibTorch.BindingVersion,
            command,
            Allowed.Where(name => Environment.GetEnvironmentVariable(name) is not null).ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name)!));
    }

    private static int Vectors() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
