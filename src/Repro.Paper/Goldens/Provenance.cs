using System.ComponentModel.DataAnnotations;
using Repro.Paper.Experiments;

namespace Repro.Paper.Goldens;

/// <summary>What a result was measured on and how.</summary>
public sealed record Provenance
{
    /// <summary>Profile name.</summary>
    public required string Profile { get; init; }

    /// <summary>Device kind and weight type; goldens of another class do not apply.</summary>
    public required string DeviceClass { get; init; }

    /// <summary>SHA-256 of the checkpoint's files.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string Checkpoint { get; init; }

    /// <summary>SHA-256 of the corpus's lines.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public required string Corpus { get; init; }

    /// <summary>SHA-256 of the lines of the corpus for further training, or null where there is none.</summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public string? FurtherCorpus { get; init; }

    /// <summary>Whether the weights were random ones in the checkpoint's shape.</summary>
    public bool Untrained { get; init; }

    /// <summary>Importance reading.</summary>
    public required string ImportanceReading { get; init; }

    /// <summary>Sample reading.</summary>
    public required string SampleReading { get; init; }

    /// <summary>Norm reading.</summary>
    public required string NormReading { get; init; }

    /// <summary>Documents per language for the two sample sizes.</summary>
    public required IReadOnlyList<int> SampleSizes { get; init; }

    /// <summary>Seed of random regions and of the bootstrap.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of TorchSharp, which fixes that of libtorch.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>The command that makes the result again.</summary>
    public required string Command { get; init; }

    internal static Provenance Of(Laboratory laboratory, string checkpointHash) => new()
    {
        Profile = laboratory.Profile.Name,
        DeviceClass = $"{laboratory.Setup.Device.Split(':')[0]} {laboratory.WeightType}",
        Checkpoint = checkpointHash,
        Corpus = laboratory.Texts.CorpusHash(),
        FurtherCorpus = laboratory.Texts.FurtherCorpusHash(),
        Untrained = laboratory.Setup.Untrained,
        ImportanceReading = laboratory.Profile.Reading.ToString(),
        SampleReading = laboratory.Profile.Samples.ToString(),
        NormReading = laboratory.Profile.Norms.ToString(),
        SampleSizes = [laboratory.Profile.SmallSample, laboratory.Profile.LargeSample],
        Seed = laboratory.Profile.Seed,
        TorchSharp = Engine.Native.LibTorch.BindingVersion,
        Command = $"repro verify --profile {laboratory.Profile.Name}",
    };
}
