using System.ComponentModel.DataAnnotations;
using Repro.Engine.Native;
using Repro.Harness.Measuring;

namespace Repro.Harness.Goldens;

/// <summary>What a result was measured on and how.</summary>
public sealed record Provenance
{
    private const int ShortHash = 12;

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

    /// <summary>How each point that the paper leaves open was read.</summary>
    public required IReadOnlyDictionary<string, string> Readings { get; init; }

    /// <summary>Documents per text for the two sample sizes.</summary>
    public required IReadOnlyList<int> SampleSizes { get; init; }

    /// <summary>Seed of random regions and of the bootstrap.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of TorchSharp, which fixes that of libtorch.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>The command that makes the result again.</summary>
    public required string Command { get; init; }

    /// <summary>The provenance in a line: all that goldens are compared in.</summary>
    public string Brief() => string.Join(
        ", ",
        [
            Profile,
            DeviceClass,
            .. Untrained ? ["untrained"] : Array.Empty<string>(),
            $"checkpoint {Start(Checkpoint)}",
            $"corpus {Start(Corpus)}",
            .. FurtherCorpus is { } further ? [$"further corpus {Start(further)}"] : Array.Empty<string>(),
            $"sizes {string.Join('/', SampleSizes)}",
            $"seed {Seed}",
            .. Readings.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key} {r.Value}"),
        ]);

    /// <summary>The provenance of what a session measures.</summary>
    /// <param name="session">The session.</param>
    /// <param name="checkpointHash">SHA-256 of the checkpoint's files when it was opened.</param>
    public static Provenance Of(ModelSession session, string checkpointHash) => new()
    {
        Profile = session.Profile.Name,
        DeviceClass = $"{session.Configuration.Device.Split(':')[0]} {session.WeightType}",
        Checkpoint = checkpointHash,
        Corpus = session.Texts.CorpusHash(),
        FurtherCorpus = session.Texts.FurtherCorpusHash(),
        Untrained = session.Configuration.Untrained,
        Readings = new SortedDictionary<string, string>(session.Profile.Readings.ToDictionary(), StringComparer.Ordinal),
        SampleSizes = [session.Profile.SmallSample, session.Profile.LargeSample],
        Seed = session.Profile.Seed,
        TorchSharp = LibTorch.BindingVersion,
        Command = $"repro verify --profile {session.Profile.Name}",
    };

    private static string Start(string hash) => hash[..Math.Min(ShortHash, hash.Length)];
}
