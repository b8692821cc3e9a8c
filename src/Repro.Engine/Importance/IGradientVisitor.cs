using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>Gets gradients as they are made, block by block from the last to the first.</summary>
public interface IGradientVisitor
{
    /// <summary>Whether a weight's gradient is asked for; others are not computed.</summary>
    /// <param name="name">The weight's name.</param>
    bool Wants(string name);

    /// <summary>Gets one weight's gradient for one micro-batch.</summary>
    /// <param name="name">The weight's name.</param>
    /// <param name="weight">The weight, [out, in] or [D].</param>
    /// <param name="gradient">∂L/∂θ in the weight's shape and type; freed when this returns.</param>
    void Visit(string name, Tensor weight, Tensor gradient);

    /// <summary>Hears that no gradient of a block follows before another block's.</summary>
    void EndBlock();
}
