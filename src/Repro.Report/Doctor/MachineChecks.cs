using System.Globalization;
using Repro.Engine.Native;
using Repro.Engine.Planning;

namespace Repro.Report.Doctor;

/// <summary>What follows from the facts about a machine.</summary>
internal static class MachineChecks
{
    private static readonly string CudaBuild = $"build with -p:TorchBackend=cuda, or set {LibTorch.FolderVariable} to the lib folder of a CUDA torch {LibTorch.NeededVersion}";

    /// <summary>A check for each thing.</summary>
    public static IEnumerable<Check> Of(MachineFacts facts) =>
    [
        Sdk(facts),
        Torch(facts.Torch),
        StandardLibrary(facts.StandardLibrary),
        Processor(facts),
        new(CheckState.Ok, "memory", $"{ByteSize.Text(facts.Memory)}, of which a run would use up to {ByteSize.Text(facts.MemoryForRun)} now (--memory)"),
        Folder("results", facts.Cache, "name another folder with --cache, or set XDG_CACHE_HOME"),
        Folder("history", facts.Data, "name another file with --history, or set XDG_DATA_HOME"),
        Gpu(facts),
        Slurm(facts.Slurm),
    ];

    private static Check Sdk(MachineFacts facts) => facts.Sdks.Count > 0
        ? new(CheckState.Ok, ".NET", $"{facts.Runtime.Replace(".NET ", "", StringComparison.Ordinal)}; SDK {string.Join(", ", facts.Sdks)}")
        : new(CheckState.Note, ".NET", $"{facts.Runtime.Replace(".NET ", "", StringComparison.Ordinal)}; no SDK, which building and 'dotnet test' need", "install the .NET 10 SDK (dotnet.microsoft.com/download)");

    private static Check Torch(TorchFacts torch) => torch.Problem is { } problem
        ? new(CheckState.Missing, "libtorch", problem, $"run 'dotnet restore --force' in the repository, or set {LibTorch.FolderVariable} to the lib folder of a torch {LibTorch.NeededVersion}")
        : new(CheckState.Ok, "libtorch", $"{torch.Version} for {(torch.HasCuda ? "CUDA" : "CPU")}, TorchSharp {LibTorch.BindingVersion}, from {torch.Folder}");

    private static Check StandardLibrary(StandardLibraryFacts library) => library switch
    {
        { PrivateCopy: { } copy } => new(CheckState.Ok, "libstdc++", $"older than GCC 13; the adjusted copy of TorchSharp's library is used: {copy}"),
        { HasVersion: true } => new(CheckState.Ok, "libstdc++", $"{library.Path} has GLIBCXX_3.4.32"),
        { Path: null } => new(CheckState.Note, "libstdc++", "not found among the libraries of this process"),
        _ => new(CheckState.Note, "libstdc++", $"{library.Path} lacks GLIBCXX_3.4.32, and no adjusted copy is in use", "see that XDG_CACHE_HOME, or ~/.cache, can be written; or install libstdc++ of GCC 13"),
    };

    private static Check Processor(MachineFacts facts)
    {
        string detail = string.Create(CultureInfo.InvariantCulture, $"{facts.Cores} cores of {facts.Processor ?? "an unnamed processor"}; {(facts.Features.Count > 0 ? string.Join(", ", facts.Features) : "no wide vectors")}");
        return facts.Features.Contains("AVX2")
            ? new(CheckState.Ok, "processor", facts.Features.Contains("bfloat16") ? detail : detail + "; bfloat16 models run slowly without its instructions")
            : new(CheckState.Note, "processor", detail + ": everything runs, slowly");
    }

    private static Check Folder(string subject, FolderFacts folder, string fix) => folder.Problem is { } problem
        ? new(CheckState.Note, subject, $"{folder.Path} can't be written: {problem}; nothing is kept there", fix)
        : new(CheckState.Ok, subject, $"{folder.Path}, {ByteSize.Text(folder.Free)} free");

    private static Check Gpu(MachineFacts facts) => (facts.Gpus, facts.Torch) switch
    {
        ({ Problem: { } problem }, _) => new(CheckState.Note, "GPU", problem, "see that 'nvidia-smi' works in a terminal; mend or restart the driver"),
        ({ Lines: null }, { Devices: > 0 and int devices }) => new(CheckState.Ok, "GPU", $"{devices} that libtorch can use"),
        ({ Lines: { Count: > 0 } gpus }, { Devices: > 0 }) => new(CheckState.Ok, "GPU", string.Join("; ", gpus)),
        ({ Lines: { Count: > 0 } gpus }, { HasCuda: true }) => new(CheckState.Note, "GPU", $"{string.Join("; ", gpus)}; libtorch can't use it", "install a driver for CUDA 12.8 or later"),
        ({ Lines: { Count: > 0 } gpus }, _) => new(CheckState.Note, "GPU", $"{string.Join("; ", gpus)}; this libtorch is for the CPU", CudaBuild),
        _ => new(CheckState.Note, "GPU", "no NVIDIA driver (nvidia-smi is not installed); everything runs on the CPU"),
    };

    private static Check Slurm(ProgramAnswer slurm) => slurm switch
    {
        { Problem: { } problem } => new(CheckState.Note, "Slurm", $"{problem}; '--engine slurm' can't be used", "see that 'sinfo' works here; 'ci/slurm-local.sh start DIR' starts one to try"),
        { Lines: { Count: > 0 } lines } => new(CheckState.Ok, "Slurm", string.Join(", ", lines)),
        _ => new(CheckState.Note, "Slurm", "not installed; only '--engine slurm' needs it"),
    };
}
