namespace Repro.Engine.Models;

/// <summary>What a weight does in the network, whatever its checkpoint calls it.</summary>
public enum WeightRole
{
    /// <summary>The vector of each token, [V, D].</summary>
    Embedding,

    /// <summary>The RMSNorm before attention, [D].</summary>
    InputNorm,

    /// <summary>The projection to queries, [H·S, D].</summary>
    Query,

    /// <summary>Its bias, [H·S].</summary>
    QueryBias,

    /// <summary>The projection to keys, [K·S, D].</summary>
    Key,

    /// <summary>Its bias, [K·S].</summary>
    KeyBias,

    /// <summary>The projection to values, [K·S, D].</summary>
    Value,

    /// <summary>Its bias, [K·S].</summary>
    ValueBias,

    /// <summary>The RMSNorm of each head's query, [S], or of all heads' queries together, [H·S].</summary>
    QueryNorm,

    /// <summary>The RMSNorm of each head's key, [S], or of all heads' keys together, [K·S].</summary>
    KeyNorm,

    /// <summary>The projection of what attention mixed, [D, H·S].</summary>
    AttentionOutput,

    /// <summary>Its bias, [D].</summary>
    AttentionOutputBias,

    /// <summary>The RMSNorm of what attention adds to the residual stream, [D].</summary>
    AttentionOutputNorm,

    /// <summary>The RMSNorm before the feed-forward layer, [D].</summary>
    FeedForwardNorm,

    /// <summary>The feed-forward layer's gate, [F, D].</summary>
    Gate,

    /// <summary>Its projection up, [F, D].</summary>
    Up,

    /// <summary>Its projection down, [D, F].</summary>
    Down,

    /// <summary>The RMSNorm of what the feed-forward layer adds to the residual stream, [D].</summary>
    FeedForwardOutputNorm,

    /// <summary>The RMSNorm behind the last block, [D].</summary>
    FinalNorm,

    /// <summary>The output head, [V, D].</summary>
    Head,
}
