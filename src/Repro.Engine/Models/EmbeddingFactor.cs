using Repro.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>What an architecture multiplies embedded tokens by.</summary>
internal static class EmbeddingFactor
{
    /// <summary>The residual stream before the first block.</summary>
    /// <param name="embedded_BTD">The embedded tokens; the factor is rounded to their type, as Hugging Face's classes do.</param>
    /// <param name="config">The model's shape.</param>
    public static Tensor Apply(Tensor embedded_BTD, LlamaConfig config)
    {
        double factor = config.Architecture.EmbeddingFactor(config);
        return factor == 1 ? embedded_BTD : embedded_BTD.Times(Rounded(factor, embedded_BTD.dtype));
    }

    private static double Rounded(double factor, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        return tensor(factor, ScalarType.Float64).to(type).to(ScalarType.Float64).ToDouble();
    }
}
