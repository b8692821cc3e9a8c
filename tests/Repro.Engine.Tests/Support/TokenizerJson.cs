using System.Text.Json.Nodes;

namespace Repro.Engine.Tests.Support;

/// <summary>A <c>tokenizer.json</c> in the layouts of LLaMA-3 and Qwen2.</summary>
internal static class TokenizerJson
{
    private const string Before = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string After = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public static JsonObject Llama3(ReferenceBytePairs pairs) => new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray(Added(pairs.Count, "<|begin_of_text|>"), Added(pairs.Count + 1, "<|end_of_text|>")),
        ["normalizer"] = null,
        ["pre_tokenizer"] = Split(Before + @"\p{N}{1,3}" + After),
        ["post_processor"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["processors"] = new JsonArray(Bytes(), new JsonObject
            {
                ["type"] = "TemplateProcessing",
                ["single"] = new JsonArray(
                    new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = "<|begin_of_text|>", ["type_id"] = 0 } },
                    new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "A", ["type_id"] = 0 } }),
                ["special_tokens"] = new JsonObject { ["<|begin_of_text|>"] = new JsonObject { ["id"] = "<|begin_of_text|>", ["ids"] = new JsonArray(pairs.Count) } },
            }),
        },
        ["decoder"] = Bytes(),
        ["model"] = pairs.Model(),
    };

    public static JsonObject Qwen2(ReferenceBytePairs pairs) => new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray(Added(pairs.Count, "<|endoftext|>"), Added(pairs.Count + 1, "<tool_call>", special: false)),
        ["normalizer"] = new JsonObject { ["type"] = "NFC" },
        ["pre_tokenizer"] = Split(Before + @"\p{N}" + After),
        ["post_processor"] = Bytes(),
        ["decoder"] = Bytes(),
        ["model"] = pairs.Model(),
    };

    private static JsonObject Split(string pattern) => new()
    {
        ["type"] = "Sequence",
        ["pretokenizers"] = new JsonArray(
            new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["behavior"] = "Isolated", ["invert"] = false },
            Bytes()),
    };

    private static JsonObject Bytes() => new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = false, ["use_regex"] = false };

    public static JsonObject Added(int id, string content, bool special = true) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = special,
    };
}
