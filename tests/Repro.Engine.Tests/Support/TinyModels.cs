using Repro.Engine.Models;
using Repro.Engine.Models.Architectures;
using Repro.Engine.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Tests.Support;

/// <summary>Random models small enough to compute by hand.</summary>
internal static class TinyModels
{
    public static LlamaConfig Config(int keyValueHeads = 2, bool tied = false) => new()
    {
        Architecture = new Llama(),
        VocabularySize = 11,
        HiddenSize = 8,
        IntermediateSize = 12,
        LayerCount = 2,
        HeadCount = 2,
        KeyValueHeadCount = keyValueHeads,
        HeadSize = 4,
        MaxPositions = 16,
        TieWordEmbeddings = tied,
        WeightType = ScalarType.Float32,
    };

    public static LlamaModel Random(LlamaConfig config, long seed = 7)
    {
        LlamaModel model = new(config, ScalarType.Float32, CPU);
        using Generator generator = new((ulong)seed, CPU);
        foreach (string name in model.Parameters.Keys)
        {
            // Large enough that every nonlinearity matters; norms around 1.
            using Tensor noise = randn(model.Parameters[name].shape, generator: generator).Times(0.4);
            using Tensor values = model.Parameters[name].dim() == 1 ? noise.Plus(1) : noise.clone();
            model.Parameters.Set(name, values);
        }

        return model;
    }

    /// <summary>The same model with weights of another type.</summary>
    public static LlamaModel Copy(LlamaModel model, ScalarType type)
    {
        LlamaModel copy = new(model.Config, type, CPU);
        foreach ((string name, Parameter weight) in model.Parameters)
            copy.Parameters.Set(name, weight);
        return copy;
    }

    /// <summary>A weight's values, row-major; exact for every type up to float32.</summary>
    public static float[] Values(this LlamaModel model, string name)
    {
        using Tensor wide = model.Parameters[name].detach().to(ScalarType.Float32).flatten().cpu();
        return wide.data<float>().ToArray();
    }

    /// <summary>All weights' values by name.</summary>
    public static Dictionary<string, float[]> Values(this LlamaModel model) => model.Parameters.Keys.ToDictionary(name => name, model.Values);

    public static int[][] Documents { get; } = [[1, 4, 7, 3, 2], [1, 9, 5, 5, 8, 10, 2], [1, 6, 2]];
}
