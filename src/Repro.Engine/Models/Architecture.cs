namespace Repro.Engine.Models;

/// <summary>The decoders of the LLaMA family; they differ in biases, rotary frequencies and how far attention reaches.</summary>
public enum Architecture
{
    /// <summary>LLaMA 1 to 3, and what shares their layout (OpenLLaMA, TinyLlama): Hugging Face's <c>LlamaForCausalLM</c>.</summary>
    Llama,

    /// <summary>Mistral: as LLaMA, with attention that may slide over a window.</summary>
    Mistral,

    /// <summary>Qwen2 and Qwen2.5: as LLaMA, with biases on queries, keys and values.</summary>
    Qwen2,
}

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
