namespace Repro.Report.Doctor;

/// <summary>What was found on a machine, before anything is concluded from it.</summary>
public sealed record MachineFacts
{
    /// <summary>The .NET runtime of this process.</summary>
    public required string Runtime { get; init; }

    /// <summary>Versions of the .NET SDKs; empty where there is none.</summary>
    public required IReadOnlyList<string> Sdks { get; init; }

    /// <summary>libtorch.</summary>
    public required TorchFacts Torch { get; init; }

    /// <summary>The C++ library.</summary>
    public required StandardLibraryFacts StandardLibrary { get; init; }

    /// <summary>The processor's name, or null where the system does not say.</summary>
    public required string? Processor { get; init; }

    /// <summary>Those of its features that matter here.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Processors that this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Bytes of memory within the limits set on the process.</summary>
    public required long Memory { get; init; }

    /// <summary>Bytes of it that a run would use where nobody says.</summary>
    public required long MemoryForRun { get; init; }

    /// <summary>Where results are kept.</summary>
    public required FolderFacts Cache { get; init; }

    /// <summary>Where the history is kept.</summary>
    public required FolderFacts Data { get; init; }

    /// <summary>What NVIDIA's driver says: a line for each GPU.</summary>
    public required ProgramAnswer Gpus { get; init; }

    /// <summary>What Slurm says of itself, where it answers.</summary>
    public required ProgramAnswer Slurm { get; init; }

    /// <summary>Why the project's own folder can't be used, or null where it can.</summary>
    public required string? ProjectProblem { get; init; }

    /// <summary>What each profile would read, and whether it fits.</summary>
    public required IReadOnlyList<ProfileFacts> Profiles { get; init; }
}

/// <summary>What was found of libtorch.</summary>
/// <param name="Version">Its version; null where it can't be loaded.</param>
/// <param name="Folder">Where it was loaded from.</param>
/// <param name="HasCuda">Whether it is a build for CUDA.</param>
/// <param name="Devices">GPUs it can use.</param>
/// <param name="Problem">Why it can't be loaded, in a sentence; null where it is.</param>
public sealed record TorchFacts(string? Version, string? Folder, bool HasCuda, int Devices, string? Problem);

/// <summary>What was found of libstdc++.</summary>
/// <param name="Path">The file in use, or null where the system does not say.</param>
/// <param name="HasVersion">Whether it has the symbol version that TorchSharp's library asks for.</param>
/// <param name="PrivateCopy">The adjusted copy of TorchSharp's library that is in use instead, or null.</param>
public sealed record StandardLibraryFacts(string? Path, bool HasVersion, string? PrivateCopy);

/// <summary>A folder that is written to.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Free">Bytes free on its disk.</param>
/// <param name="Problem">Why it can't be written, or null where it can.</param>
public sealed record FolderFacts(string Path, long Free, string? Problem);

/// <summary>A folder that is read.</summary>
/// <param name="Path">The folder, or null where none is named.</param>
/// <param name="Problem">Why it can't be used, or null where it can.</param>
/// <param name="WhatToDo">What names another one.</param>
public sealed record InputFacts(string? Path, string? Problem, string WhatToDo);

/// <summary>What a profile would read and take.</summary>
/// <param name="Name">The profile.</param>
/// <param name="Checkpoint">Its checkpoint.</param>
/// <param name="Corpus">Its texts.</param>
/// <param name="FurtherCorpus">Its texts for further training.</param>
/// <param name="MemoryProblem">Why its model does not fit, or null where it does or that is not known.</param>
/// <param name="TrainingProblem">Why it can't be trained here, or null where it can or that is not known.</param>
/// <param name="Disk">Bytes of gradient sums that it keeps.</param>
public sealed record ProfileFacts(string Name, InputFacts Checkpoint, InputFacts Corpus, InputFacts FurtherCorpus, string? MemoryProblem, string? TrainingProblem, double Disk);

/// <summary>What a program answered.</summary>
/// <param name="Lines">Its output; null where there is none.</param>
/// <param name="Problem">Why there is none; null where the program is not installed, or answered.</param>
public sealed record ProgramAnswer(IReadOnlyList<string>? Lines, string? Problem);
