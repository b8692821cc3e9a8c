using Repro.Engine.Models;
using Repro.Engine.Safetensors;
using static TorchSharp.torch;

namespace Repro.Engine.Planning;

/// <summary>What a model and its passes take, in bytes and floating-point operations.</summary>
/// <param name="config">Its shape.</param>
/// <param name="type">Type of its weights.</param>
public sealed class ModelSize(LlamaConfig config, ScalarType type)
{
    private readonly int elementSize = SafetensorsHeader.ElementSize(Dtypes.Name(type))!.Value;

    /// <summary>Number of weights in all blocks.</summary>
    public long BlockWeights { get; } = Count(config, role => role.IsInBlock());

    /// <summary>Number of weights outside them.</summary>
    public long OtherWeights { get; } = Count(config, role => !role.IsInBlock());

    /// <summary>Bytes of all weights.</summary>
    public long Weights => (BlockWeights + OtherWeights) * elementSize;

    /// <summary>Bytes of the weights outside the blocks.</summary>
    public long Other => OtherWeights * elementSize;

    /// <summary>Bytes of one block's weights.</summary>
    public long Block => BlockWeights / config.LayerCount * elementSize;

    /// <summary>Bytes of the float32 sums over all blocks.</summary>
    public long Sums => BlockWeights * sizeof(float);

    /// <summary>Bytes of the float32 sums of one block.</summary>
    public long BlockSums => Sums / config.LayerCount;

    /// <summary>Bytes of a block's gradients and of the widest of them in float32.</summary>
    public long BlockGradients => Block + (2L * sizeof(float) * config.HiddenSize * config.IntermediateSize);

    /// <summary>Bytes of the residual stream per token.</summary>
    public long Residual => (long)config.HiddenSize * elementSize;

    /// <summary>
    /// Bytes per token that one block keeps for its backward pass: its norms in float32 and as they are, the projections with their rotated copies, attention's
    /// output and the four activations of the feed-forward layer; the norms of queries and keys, where it has them; and where attention's scores lie in the
    /// memory, those of a document as long as the model takes.
    /// </summary>
    public long Graph => (BlockNorms * ((2L * sizeof(float)) + (2L * elementSize)) * config.HiddenSize) + (elementSize * ((12L * config.HiddenSize) + (4L * config.IntermediateSize))) + HeadNorms + Scores;

    /// <summary>Bytes per token of the scores over the vocabulary, as they are, in float32, and with their gradient.</summary>
    public long Logits => (long)config.VocabularySize * (elementSize + (3 * sizeof(float)));

    /// <summary>Floating-point operations of reading one token: two per weight of each matrix product, and attention's two products over the context.</summary>
    /// <param name="context">Mean number of positions a token attends to.</param>
    public double ForwardOperations(double context)
    {
        double head = (double)config.VocabularySize * config.HiddenSize;
        double attention = 2.0 * context * config.HeadCount * config.HeadSize;
        return 2 * (BlockWeights + head + (config.LayerCount * attention));
    }

    /// <summary>Floating-point operations of training on one token: the forward pass, and twice as many for the gradients of activations and weights.</summary>
    /// <inheritdoc cref="ForwardOperations"/>
    public double TrainingOperations(double context) => 3 * ForwardOperations(context);

    // Scaled, capped, masked, and their softmax.
    private long Scores => config.QueryScalar is null ? 0 : 4L * sizeof(float) * config.HeadCount * config.MaxPositions;

    private int BlockNorms => WeightRoles.BlockNorms.Count(ModelLayout.Of(config).Has);

    private long HeadNorms => ModelLayout.Of(config).Has(WeightRole.QueryNorm)
        ? ((2L * sizeof(float)) + elementSize) * (config.HeadCount + config.KeyValueHeadCount) * config.HeadSize
        : 0;

    private static long Count(LlamaConfig config, Func<WeightRole, bool> counts) =>
        ModelLayout.Of(config).Weights.Where(w => counts(w.Role)).Sum(w => w.Shape.Aggregate(1L, (a, b) => a * b));
}
