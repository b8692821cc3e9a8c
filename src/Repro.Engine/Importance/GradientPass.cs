using static TorchSharp.torch;

namespace Repro.Engine.Importance;

/// <summary>How gradients are summed: what decides the numbers, and what only decides where things are held meanwhile.</summary>
/// <param name="MicroBatch">Documents per micro-batch, whose mean loss is differentiated.</param>
/// <param name="Reading">What is summed.</param>
public sealed record GradientPass(int MicroBatch, ImportanceReading Reading)
{
    /// <summary>Type the sums are kept in. The released code uses bfloat16, in which large sums stagnate.</summary>
    /// <value>float32.</value>
    public ScalarType Accumulator { get; init; } = ScalarType.Float32;

    /// <summary>Where the sums are held; decides no number.</summary>
    public SumPlacement Placement { get; init; }

    /// <summary>Tokens that go through each block together, padding included; 0 is one micro-batch at a time with its graph kept. Decides no number.</summary>
    public long TokensTogether { get; init; }
}
