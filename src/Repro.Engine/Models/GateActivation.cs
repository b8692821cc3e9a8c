using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Repro.Engine.Models;

/// <summary>The nonlinearity of a feed-forward layer's gate.</summary>
/// <param name="HuggingFaceName">Its name in a <c>config.json</c>.</param>
/// <param name="Apply">Computes it element by element.</param>
internal sealed record GateActivation(string HuggingFaceName, Func<Tensor, Tensor> Apply)
{
    /// <summary>x · σ(x), as in LLaMA.</summary>
    public static GateActivation Silu { get; } = new("silu", gate => nn.functional.silu(gate));

    /// <summary>GELU by its approximation with a hyperbolic tangent, as in Gemma.</summary>
    public static GateActivation GeluTanh { get; } = new("gelu_pytorch_tanh", gate => gate.gelu(GELU.Approximate.tanh));
}
