using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Repro.Engine.Files;
using Repro.Engine.Planning;
using Repro.Paper.Profiles;
using Repro.Paper.Results;
using Repro.Report.History;

namespace Repro.Report.Doctor;

/// <summary>Looks at this machine. Nothing it finds, and nothing that does not answer, ends it.</summary>
public static class MachineProbe
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>What is found.</summary>
    public static MachineFacts Look()
    {
        TorchFacts torch = NativeProbe.Torch();
        string cache = ResultStore.DefaultFolder();
        return new MachineFacts
        {
            Runtime = RuntimeInformation.FrameworkDescription,
            Sdks = [.. (ProgramCall.Ask(Limit, "dotnet", "--list-sdks").Lines ?? []).Select(l => l.Split(' ')[0])],
            Torch = torch,
            StandardLibrary = NativeProbe.StandardLibrary(),
            Processor = ProcessorLine("model name"),
            Features = Features(),
            Cores = Environment.ProcessorCount,
            Memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            MemoryForRun = HostMemory.DefaultBudget(),
            Cache = Folder(cache),
            Data = Folder(Path.GetDirectoryName(RunHistory.DefaultFile())!),
            Gpus = ProgramCall.Ask(Limit, "nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"),
            Slurm = Slurm(),
            ProjectProblem = ProjectProblem(out string project),
            Profiles = [.. PaperProfiles.All.Select(p => ProfileProbe.Look(p, project, torch, cache))],
        };
    }

    /// <summary>A folder that is, or will be, written to.</summary>
    internal static FolderFacts Folder(string path)
    {
        try
        {
            string existing = Path.GetFullPath(path);
            while (!Directory.Exists(existing))
                existing = Path.GetDirectoryName(existing)!;
            string trial = Path.Combine(existing, $".repro-doctor-{Environment.ProcessId}");
            using (new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose))
            {
            }

            return new FolderFacts(path, HostMemory.FreeDisk(path), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new FolderFacts(path, 0, e.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
    }

    private static ProgramAnswer Slurm()
    {
        ProgramAnswer version = ProgramCall.Ask(Limit, "sinfo", "--version");
        if (version.Lines is null)
            return version;
        ProgramAnswer nodes = ProgramCall.Ask(Limit, "sinfo", "--noheader", "--format=%D nodes in %P");
        return nodes.Lines is null ? nodes : new ProgramAnswer([.. version.Lines, .. nodes.Lines], null);
    }

    private static string? ProjectProblem(out string project)
    {
        try
        {
            project = ProjectFolder.Find();
            return null;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            project = Path.GetTempPath();
            return e.Message;
        }
    }

    private static string[] Features()
    {
        string[] flags = ProcessorLine("flags")?.Split(' ') ?? [];
        (string Name, bool Has)[] features =
        [
            ("AVX2", Avx2.IsSupported),
            ("AVX-512", Avx512F.IsSupported),
            ("bfloat16", flags.Contains("avx512_bf16") || flags.Contains("amx_bf16")),
            ("AMX", flags.Contains("amx_tile")),
        ];
        return [.. features.Where(f => f.Has).Select(f => f.Name)];
    }

    private static string? ProcessorLine(string entry)
    {
        try
        {
            return File.ReadLines(ProcessorFile).FirstOrDefault(l => l.StartsWith(entry, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
