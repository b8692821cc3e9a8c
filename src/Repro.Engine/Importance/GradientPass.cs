using Repro.Engine.Planning;
using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>How gradients are summed: what decides the numbers, and what only decides where things are held meanwhile.</summary>
/// <param name="MicroBatch">Documents per micro-batch, whose mean loss is differentiated.</param>
/// <param name="Reading">How gradients become importance.</param>
public sealed record GradientPass(int MicroBatch, ImportanceReading Reading)
{
    /// <summary>Type the sums are kept in. The released code uses bfloat16, in which large sums stagnate.</summary>
    /// <value>float32.</value>
    public ScalarType Accumulator { get; init; } = ScalarType.Float32;

    /// <summary>What is summed.</summary>
    public SummedTerm Term { get; init; }

    /// <summary>Where the sums are held; decides no number.</summary>
    public SumPlacement Placement { get; init; }

    /// <summary>
    /// Tokens that one backward pass may read, padding included, where several micro-batches' mean losses are summed and differentiated at once: what fills
    /// a GPU. 0 is one micro-batch a pass, and so is any number where each micro-batch's own gradient is needed, as under the absolute reading. Decides
    /// the last bits of a number, so it is fixed for a kind of device.
    /// </summary>
    public long TokensPerBackward { get; init; }

    /// <summary>Whether the sum over several micro-batches is what the gradient of their summed losses says.</summary>
    public bool AddsGradients => Term == SummedTerm.Gradient && Reading == ImportanceReading.Signed;

    /// <summary>Tokens that go through each block together, padding included; 0 is one micro-batch at a time with its graph kept. Decides no number.</summary>
    public long TokensTogether { get; init; }
}
