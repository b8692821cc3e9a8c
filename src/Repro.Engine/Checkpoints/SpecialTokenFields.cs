using System.Text.Json;
using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Checkpoints;

/// <summary>The tokens that a <c>config.json</c> says begin and end a text.</summary>
internal static class SpecialTokenFields
{
    /// <summary>Reads them. Of a list of ends, as chat models have it, the first ends a document and all of them end a generated text.</summary>
    public static (int? Bos, int Eos, TokenIds OtherEos) Read(ConfigFields fields, Architecture architecture, int vocabulary)
    {
        // What Hugging Face's classes take where a field is missing; Qwen2's takes none.
        bool defaults = architecture != Architecture.Qwen2;
        int? bos = fields.Optional("bos_token_id") is { } begins
            ? Id(fields, "bos_token_id", begins, vocabulary)
            : defaults && !fields.Has("bos_token_id") ? 1 : null;

        int[] eos = fields.Optional("eos_token_id") switch
        {
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(id => Id(fields, "eos_token_id", id, vocabulary))],
            { } one => [Id(fields, "eos_token_id", one, vocabulary)],
            null => defaults && !fields.Has("eos_token_id") ? [2] : [],
        };
        return eos.Length > 0
            ? (bos, eos[0], new TokenIds(eos[1..]))
            : throw new InputException($"{fields.Path} names no eos_token_id; set it to the token that ends a text.");
    }

    public static void WriteEos(Utf8JsonWriter json, LlamaConfig config)
    {
        if (config.OtherEosTokenIds.Count == 0)
        {
            json.WriteNumber("eos_token_id", config.EosTokenId);
            return;
        }

        json.WriteStartArray("eos_token_id");
        foreach (int id in config.OtherEosTokenIds.Prepend(config.EosTokenId))
            json.WriteNumberValue(id);
        json.WriteEndArray();
    }

    private static int Id(ConfigFields fields, string name, JsonElement value, int vocabulary)
    {
        int id = fields.Whole(name, value, minimum: 0);
        return id < vocabulary ? id : throw new InputException($"{fields.Path}: {name} {id} is not below vocab_size {vocabulary}.");
    }
}
