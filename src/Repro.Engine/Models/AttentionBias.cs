namespace Repro.Engine.Models;

/// <summary>Which projections of attention add a bias.</summary>
public enum AttentionBias
{
    /// <summary>None, as in LLaMA and Mistral.</summary>
    None,

    /// <summary>Queries, keys and values, as in Qwen2.</summary>
    QueryKeyValue,

    /// <summary>Queries, keys, values and the output, as a LLaMA with <c>attention_bias</c>.</summary>
    QueryKeyValueOutput,
}
