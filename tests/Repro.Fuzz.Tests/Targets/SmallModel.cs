using Repro.Engine.Checkpoints;
using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using static TorchSharp.torch;

namespace Repro.Fuzz.Tests.Targets;

/// <summary>A checkpoint of a few thousand weights.</summary>
internal static class SmallModel
{
    private const ulong Seed = 5;

    public static LlamaConfig Config { get; } = new()
    {
        Architecture = new Llama(),
        VocabularySize = 11,
        HiddenSize = 8,
        IntermediateSize = 12,
        LayerCount = 1,
        HeadCount = 2,
        KeyValueHeadCount = 2,
        HeadSize = 4,
        MaxPositions = 16,
    };

    public static int[][] Documents { get; } = [[1, 4, 7, 3, 2], [1, 6, 2]];

    /// <summary>The project's own fixtures.</summary>
    public static string Fixture(params IEnumerable<string> names) => Path.Combine([Project.Folder, "fixtures", .. names]);

    /// <summary>Writes the checkpoint.</summary>
    public static void Write(string folder) => RandomCheckpoint.Write(folder, Config, ScalarType.Float32, Seed);

    /// <summary>The checkpoint in memory.</summary>
    public static LlamaModel Load() => InFolder(folder =>
    {
        Write(folder);
        return Checkpoint.Load(folder);
    });

    /// <summary>What some code makes in a folder that goes again.</summary>
    public static T InFolder<T>(Func<string, T> make)
    {
        string folder = Directory.CreateTempSubdirectory("repro-fuzz-valid-").FullName;
        try
        {
            return make(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
