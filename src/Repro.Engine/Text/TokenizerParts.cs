using System.Text.Json;
using Repro.Engine.Files;

namespace Repro.Engine.Text;

/// <summary>The parts of a <c>tokenizer.json</c> around its model; what is not known is refused by its name.</summary>
internal sealed class TokenizerParts(string path, JsonElement root)
{
    public static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Refuses SentencePiece's pairs, which replace blanks and spell unknown characters with bytes.</summary>
    public void RefuseSentencePiece()
    {
        bool blanks = Flat("pre_tokenizer", "pretokenizers").Concat(Flat("normalizer", "normalizers")).Any(p => TypeOf(p) is "Metaspace" or "Prepend" or "Replace");
        if (blanks || IsTrue(root.GetProperty("model"), "byte_fallback"))
            throw new InputException($"{path} is SentencePiece's tokenizer in Hugging Face's spelling, which is not supported; restore tokenizer.model beside it.");
    }

    /// <summary>Refuses what changes the merging.</summary>
    public void RefuseOptions(JsonElement model)
    {
        foreach (string name in new[] { "dropout", "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (model.TryGetProperty(name, out JsonElement value) && value.ToString() is not ("" or "0" or "0.0"))
                throw new InputException($"{path} sets {name} to '{value}', which is not supported; use a checkpoint whose tokenizer does not.");
        }
    }

    /// <summary>Whether a text is composed first.</summary>
    public bool Composes()
    {
        string[] types = [.. Flat("normalizer", "normalizers").Select(TypeOf)];
        return types.FirstOrDefault(t => t != "NFC") is { } other
            ? throw new InputException($"{path} asks for the normalizer '{other}', which is not supported; use a checkpoint with 'NFC' or none.")
            : types.Length > 0;
    }

    /// <summary>How a text is cut: a known pattern, then bytes.</summary>
    public SplitPattern Split()
    {
        JsonElement[] steps = Flat("pre_tokenizer", "pretokenizers");
        string[] types = [.. steps.Select(TypeOf)];
        if (types is not ["Split", "ByteLevel"] || IsTrue(steps[1], "add_prefix_space") || !steps[1].TryGetProperty("use_regex", out JsonElement regex) || regex.GetBoolean())
            throw Unknown($"'{string.Join("' then '", types.DefaultIfEmpty("none"))}'");
        string pattern = steps[0].GetProperty("pattern").TryGetProperty("Regex", out JsonElement written) ? written.GetString()! : steps[0].GetProperty("pattern").ToString();
        bool isolated = steps[0].GetProperty("behavior").GetString() == "Isolated" && !IsTrue(steps[0], "invert");
        return (isolated ? SplitPattern.Find(pattern) : null) ?? throw Unknown($"'Split' at {pattern}");
    }

    /// <summary>Text of the added tokens that are no control tokens.</summary>
    public Dictionary<int, string> AddedText() => root.TryGetProperty("added_tokens", out JsonElement added)
        ? added.EnumerateArray().Where(t => !IsTrue(t, "special")).ToDictionary(t => t.GetProperty("id").GetInt32(), t => t.GetProperty("content").GetString()!)
        : [];

    /// <summary>The control token that the template of the post-processor begins with.</summary>
    public int? BosTokenId()
    {
        foreach (JsonElement template in Flat("post_processor", "processors").Where(p => TypeOf(p) == "TemplateProcessing"))
        {
            if (!template.GetProperty("single")[0].TryGetProperty("SpecialToken", out JsonElement first))
                continue;
            int id = template.GetProperty("special_tokens").GetProperty(first.GetProperty("id").GetString()!).GetProperty("ids")[0].GetInt32();
            return id is >= 0 and < TokenizerFile.MaxVocabulary
                ? id
                : throw new InputException($"{path} begins a text with token {id}, which no vocabulary has; restore the checkpoint's tokenizer.json.");
        }

        return null;
    }

    // One part, or those of a sequence.
    private JsonElement[] Flat(string name, string members)
    {
        if (!root.TryGetProperty(name, out JsonElement part) || part.ValueKind == JsonValueKind.Null)
            return [];
        return TypeOf(part) == "Sequence" ? [.. part.GetProperty(members).EnumerateArray()] : [part];
    }

    private static string TypeOf(JsonElement part) => part.GetProperty("type").GetString()!;

    private InputException Unknown(string what) =>
        new($"{path} asks for the pre-tokenizer {what}, which is not supported; use a checkpoint with the tokenizer of LLaMA-3 or Qwen2, or with a tokenizer.model.");
}
