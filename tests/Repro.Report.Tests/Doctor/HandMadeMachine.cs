using Repro.Report.Doctor;

namespace Repro.Report.Tests.Doctor;

/// <summary>Facts made by hand: a machine on which everything is there.</summary>
internal static class HandMadeMachine
{
    public static InputFacts Found { get; } = new("/found", null, "set REPRO_THING to its folder");

    public static MachineFacts Whole { get; } = new()
    {
        Runtime = ".NET 10.0.1",
        Sdks = ["10.0.100"],
        Torch = new TorchFacts("2.10.0", "/lib/torch", true, 1, null),
        StandardLibrary = new StandardLibraryFacts("/lib/libstdc++.so.6", true, null),
        Processor = "Some Processor",
        Features = ["AVX2", "bfloat16"],
        Cores = 16,
        Memory = 256_000_000_000,
        MemoryForRun = 200_000_000_000,
        Cache = new FolderFacts("/cache", 2_000_000_000_000, null),
        Data = new FolderFacts("/data", 2_000_000_000_000, null),
        Gpus = new ProgramAnswer(["NVIDIA H100, 81559 MiB, 570.1"], null),
        Slurm = new ProgramAnswer(["slurm 22.05.8", "4 nodes in gpu"], null),
        ProjectProblem = null,
        Profiles = [Profile("tiny"), Profile("llama2-7b")],
    };

    public static ProfileFacts Profile(string name) => new(name, Found, Found, Found, null, null, 466e9);

    /// <summary>The machine with one profile.</summary>
    public static MachineFacts With(ProfileFacts profile) => Whole with { Profiles = [profile] };
}
