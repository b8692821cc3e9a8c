using TorchSharp;

namespace Repro.Engine.Models;

/// <summary>The shape of a decoder of the LLaMA family.</summary>
public sealed record LlamaConfig
{
    /// <summary>Which member of the family it is.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>Number of rows of the token embedding; some checkpoints have more than their tokenizer has tokens.</summary>
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

    /// <summary>Longest sequence the model takes, in tokens: what it was made for, or its <see cref="SlidingWindow"/> where that is shorter.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Width of one head.</summary>
    public int HeadSize { get; init; }

    /// <summary>Which projections of attention add a bias.</summary>
    /// <value>None, as LLaMA.</value>
    public AttentionBias AttentionBias { get; init; }

    /// <summary>The window that attention slides over, or null where every layer attends to all positions.</summary>
    public SlidingWindow? SlidingWindow { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    /// <value>1e-5, as LLaMA-2.</value>
    public double RmsNormEpsilon { get; init; } = 1e-5;

    /// <summary>Base of the rotary embedding's wavelengths.</summary>
    /// <value>10,000, as LLaMA-2.</value>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>How the rotary frequencies are stretched, or null where they are not.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Attention's scores are divided by its root in the place of the head size's, or null where they are not.</summary>
    public double? QueryScalar { get; init; }

    /// <summary>What attention's scores stay below in magnitude, by a hyperbolic tangent (Gemma-2's soft cap), or null; only with a <see cref="QueryScalar"/>.</summary>
    public double? AttentionSoftCap { get; init; }

    /// <summary>The same of the scores of the next token.</summary>
    public double? FinalSoftCap { get; init; }

    /// <summary>Layers from 0 whose queries and keys are not rotated, so that they know no position.</summary>
    /// <value>None, as LLaMA.</value>
    public ValueList<int> UnrotatedLayers { get; init; } = new();

    /// <summary>Whether the output head is the token embedding.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Token that begins a document, or null where only the tokenizer says it.</summary>
    public int? BosTokenId { get; init; } = 1;

    /// <summary>Token that ends a document.</summary>
    public int EosTokenId { get; init; } = 2;

    /// <summary>Further tokens that end a generated text, as a chat model's end of turn.</summary>
    public ValueList<int> OtherEosTokenIds { get; init; } = new();

    /// <summary>Type of the stored weights.</summary>
    public torch.ScalarType WeightType { get; init; } = torch.ScalarType.Float32;

    /// <summary>What <c>config.json</c> leaves out and where it was taken from, one sentence each.</summary>
    public ValueList<string> Assumptions { get; init; } = new();

    /// <summary>Whether a token ends a generated text.</summary>
    public bool IsEos(int id) => id == EosTokenId || OtherEosTokenIds.Contains(id);

    /// <summary>What a user of this model should know, one sentence each.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (string assumption in Assumptions)
            yield return assumption;
        if (SlidingWindow is { } window && window.Length < window.StatedPositions)
            yield return $"The checkpoint's attention slides over a window of {window.Length} tokens; here every position sees all before it, which is the same up to that length, so documents are held to {window.Length} tokens instead of {window.StatedPositions}.";
    }
}
