using Repro.Engine.Files;
using Repro.Engine.Models;
using static TorchSharp.torch;

namespace Repro.Engine.Checkpoints;

/// <summary>Shapes of published models, by name.</summary>
public static class KnownShapes
{
    /// <summary>LLaMA-2 7B (Touvron et al., 2023): 6.7 billion weights.</summary>
    public static LlamaConfig Llama2Of7B { get; } = new()
    {
        VocabularySize = 32_000,
        HiddenSize = 4096,
        IntermediateSize = 11_008,
        LayerCount = 32,
        HeadCount = 32,
        KeyValueHeadCount = 32,
        HeadSize = 128,
        MaxPositions = 4096,
        WeightType = ScalarType.BFloat16,
    };

    /// <summary>LLaMA-2 13B: 13.0 billion weights.</summary>
    public static LlamaConfig Llama2Of13B { get; } = Llama2Of7B with
    {
        HiddenSize = 5120,
        IntermediateSize = 13_824,
        LayerCount = 40,
        HeadCount = 40,
        KeyValueHeadCount = 40,
    };

    private static readonly Dictionary<string, LlamaConfig> ByName = new(StringComparer.Ordinal) { ["llama2-7b"] = Llama2Of7B, ["llama2-13b"] = Llama2Of13B };

    /// <summary>The names there are.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The shape of a name, or of a <c>config.json</c>.</summary>
    /// <exception cref="InputException">It is neither.</exception>
    public static LlamaConfig Read(string nameOrPath) => ByName.TryGetValue(nameOrPath, out LlamaConfig? known) ? known
        : File.Exists(nameOrPath) ? ConfigFile.Read(nameOrPath)
        : throw new InputException($"'{nameOrPath}' is neither a config.json nor a known shape; the known ones are {string.Join(", ", Names)}.");
}
