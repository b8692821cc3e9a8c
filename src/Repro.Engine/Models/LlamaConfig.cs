using TorchSharp;

namespace Repro.Engine.Models;

/// <summary>The shape of a LLaMA decoder.</summary>
public sealed record LlamaConfig
{
    /// <summary>Number of tokens in the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width inside the feed-forward layer.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of blocks.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Number of key and value heads; fewer than <see cref="HeadCount"/> means grouped-query attention.</summary>
    public required int KeyValueHeadCount { get; init; }

    /// <summary>Longest sequence the model was made for, in tokens.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Width of one head.</summary>
    public int HeadSize { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    /// <value>1e-5, as LLaMA-2.</value>
    public double RmsNormEpsilon { get; init; } = 1e-5;

    /// <summary>Base of the rotary embedding's wavelengths.</summary>
    /// <value>10,000, as LLaMA-2.</value>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Whether the output head is the token embedding.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Token that begins a document.</summary>
    public int BosTokenId { get; init; } = 1;

    /// <summary>Token that ends a document.</summary>
    public int EosTokenId { get; init; } = 2;

    /// <summary>Type of the stored weights.</summary>
    public torch.ScalarType WeightType { get; init; } = torch.ScalarType.Float32;
}
