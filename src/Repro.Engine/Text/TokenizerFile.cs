using System.Text.Json;
using Repro.Engine.Files;

namespace Repro.Engine.Text;

/// <summary>A Hugging Face <c>tokenizer.json</c>, checked for what its library would end the process on.</summary>
internal sealed class TokenizerFile : IDisposable
{
    /// <summary>More tokens than any vocabulary has.</summary>
    private const int MaxVocabulary = 1 << 24;

    private static readonly string[] Parts = ["normalizer", "pre_tokenizer", "decoder"];

    private readonly JsonDocument document;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It holds a tokenizer that is not supported, or is damaged.</exception>
    public TokenizerFile(string path, byte[] content)
    {
        Path = path;
        document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 32 });
        JsonElement model = Root.GetProperty("model");
        string kind = model.TryGetProperty("type", out JsonElement type) ? type.ToString() : "unnamed";
        if (kind != "BPE")
            throw new InputException($"{path} holds a tokenizer of type '{kind}', which is not supported; use a checkpoint whose tokenizer is of type 'BPE'.");
        RefuseOptions(model);
        Dictionary<string, int> vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(t => t.Name, t => Id(t.Value, $"the token '{t.Name}'"), StringComparer.Ordinal);
        CheckMerges(model, vocabulary);
        foreach (string name in Parts)
        {
            JsonElement part = Root.TryGetProperty(name, out JsonElement value) ? value : default;
            CheckTypes(name, part);
            CheckNumbers(name, part);
        }

        BosTokenId = FindBos();
        VocabularySize = Math.Max(vocabulary.Values.Max(), BosTokenId ?? 0) + 1;
    }

    public string Path { get; }

    /// <summary>One more than the largest id of the model's own tokens and BOS; added tokens may lie beyond.</summary>
    public int VocabularySize { get; }

    /// <summary>The control token that the template of the post-processor begins a text with, or null.</summary>
    public int? BosTokenId { get; }

    private JsonElement Root => document.RootElement;

    /// <summary>Largest id of the tokens that were added to the vocabulary of a file, or -1 where there are none.</summary>
    public static int LargestAdded(JsonElement root) => root.TryGetProperty("added_tokens", out JsonElement added) && added.GetArrayLength() > 0
        ? added.EnumerateArray().Max(t => t.GetProperty("id").GetInt32())
        : -1;

    /// <summary>The same file without what would add tokens to a text or cut it.</summary>
    public byte[] TextOnly()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in Root.EnumerateObject())
            {
                if (property.Name is not ("post_processor" or "truncation" or "padding"))
                    property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    public void Dispose() => document.Dispose();

    private void RefuseOptions(JsonElement model)
    {
        foreach (string name in new[] { "dropout", "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (model.TryGetProperty(name, out JsonElement value) && value.ToString() is not ("" or "0" or "0.0"))
                throw new InputException($"{Path} sets {name} to '{value}', which is not supported; use a checkpoint whose tokenizer does not.");
        }
    }

    private void CheckMerges(JsonElement model, Dictionary<string, int> vocabulary)
    {
        foreach (JsonElement merge in model.GetProperty("merges").EnumerateArray())
        {
            // Newer files write a pair as a list.
            string[] pair = merge.ValueKind == JsonValueKind.Array ? [.. merge.EnumerateArray().Select(t => t.GetString()!)] : merge.GetString()!.Split(' ');
            if (pair.Length != 2 || !pair.Append(string.Concat(pair)).All(vocabulary.ContainsKey))
                throw new InputException($"{Path} merges '{string.Join(' ', pair)}', which are not two of its tokens that make a third; restore the checkpoint's tokenizer.json.");
        }
    }

    private void CheckTypes(string name, JsonElement part)
    {
        if (part.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return;
        if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String)
            throw new InputException($"{Path} has a {name} without a type; restore the checkpoint's tokenizer.json.");
        foreach (JsonProperty list in part.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array && p.Name is "normalizers" or "pretokenizers" or "decoders"))
        {
            foreach (JsonElement step in list.Value.EnumerateArray())
                CheckTypes(name, step);
        }
    }

    private void CheckNumbers(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && !double.IsFinite(value.GetDouble()))
            throw new InputException($"{Path} has a {name} with the number {value}, which is out of range; restore the checkpoint's tokenizer.json.");
        foreach (JsonElement inner in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Empty<JsonElement>())
            CheckNumbers(name, inner);
        foreach (JsonProperty inner in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : Enumerable.Empty<JsonProperty>())
            CheckNumbers(name, inner.Value);
    }

    private int? FindBos()
    {
        if (!Root.TryGetProperty("post_processor", out JsonElement processor) || processor.ValueKind == JsonValueKind.Null)
            return null;
        JsonElement[] steps = TypeOf(processor) == "Sequence" ? [.. processor.GetProperty("processors").EnumerateArray()] : [processor];
        foreach (JsonElement template in steps.Where(p => TypeOf(p) == "TemplateProcessing"))
        {
            if (template.GetProperty("single")[0].TryGetProperty("SpecialToken", out JsonElement first))
                return Id(template.GetProperty("special_tokens").GetProperty(first.GetProperty("id").GetString()!).GetProperty("ids")[0], "the token that begins a text");
        }

        return null;
    }

    private int Id(JsonElement value, string what) => value.GetInt32() is >= 0 and < MaxVocabulary and var id
        ? id
        : throw new InputException($"{Path} gives {what} the id {value}, which no vocabulary has; restore the checkpoint's tokenizer.json.");

    private static string? TypeOf(JsonElement part) => part.GetProperty("type").GetString();
}
