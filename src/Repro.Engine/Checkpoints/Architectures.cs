using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Checkpoints;

/// <summary>The names that <c>config.json</c> has for the supported architectures.</summary>
internal static class Architectures
{
    /// <summary>Hugging Face's class of an architecture.</summary>
    public static string NameOf(Architecture architecture) => architecture switch
    {
        Architecture.Llama => "LlamaForCausalLM",
        Architecture.Mistral => "MistralForCausalLM",
        Architecture.Qwen2 => "Qwen2ForCausalLM",
        _ => throw new ArgumentOutOfRangeException(nameof(architecture), architecture, "not an architecture"),
    };

    /// <summary>Hugging Face's <c>model_type</c> of an architecture.</summary>
    public static string TypeOf(Architecture architecture) => architecture switch
    {
        Architecture.Llama => "llama",
        Architecture.Mistral => "mistral",
        Architecture.Qwen2 => "qwen2",
        _ => throw new ArgumentOutOfRangeException(nameof(architecture), architecture, "not an architecture"),
    };

    /// <summary>The biases of an architecture: Qwen2 always has its own, Mistral none, and LLaMA those that <c>attention_bias</c> asks for.</summary>
    public static AttentionBias BiasOf(Architecture architecture, bool asked) => architecture switch
    {
        Architecture.Qwen2 => AttentionBias.QueryKeyValue,
        Architecture.Llama when asked => AttentionBias.QueryKeyValueOutput,
        _ => AttentionBias.None,
    };

    /// <summary>The architecture that a file names.</summary>
    /// <exception cref="InputException">It names none, or one that is not supported.</exception>
    public static Architecture Read(ConfigFields fields)
    {
        string found = fields.Optional("architectures") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? list[0].ToString()
            : throw fields.Missing("architectures");

        // The first conversions of LLaMA-1 spelled the class in another way.
        if (found == "LLaMAForCausalLM")
            return Architecture.Llama;
        foreach (Architecture architecture in Enum.GetValues<Architecture>().Where(a => NameOf(a) == found))
            return architecture;
        string[] names = [.. Enum.GetValues<Architecture>().Select(NameOf)];
        throw new InputException($"{fields.Path} describes a {found}, which is not supported; use a checkpoint of {string.Join(", ", names[..^1])} or {names[^1]}.");
    }
}
