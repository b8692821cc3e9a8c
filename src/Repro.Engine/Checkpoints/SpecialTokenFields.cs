using System.Text.Json;
using System.Text.Json.Nodes;
using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Checkpoints;

/// <summary>The tokens that a <c>config.json</c> says begin and end a text.</summary>
internal static class SpecialTokenFields
{
    /// <summary>Reads them. Of a list of ends, as chat models have it, the first ends a document and all of them end a generated text.</summary>
    public static (int? Bos, int Eos, ValueList<int> OtherEos) Read(ConfigFields fields, Architecture architecture, int vocabulary)
    {
        int? bos = fields.Optional("bos_token_id") is { } begins
            ? Id(fields, "bos_token_id", begins, vocabulary)
            : fields.Has("bos_token_id") ? null : architecture.DefaultTokens?.Bos;

        int[] eos = fields.Optional("eos_token_id") switch
        {
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(id => Id(fields, "eos_token_id", id, vocabulary))],
            { } one => [Id(fields, "eos_token_id", one, vocabulary)],
            null => !fields.Has("eos_token_id") && architecture.DefaultTokens is ({ } _, { } end) ? [end] : [],
        };
        return eos.Length > 0
            ? (bos, eos[0], new ValueList<int>(eos[1..]))
            : throw new InputException($"{fields.Path} names no eos_token_id; set it to the token that ends a text.");
    }

    /// <summary>What <c>eos_token_id</c> says of a configuration: one token, or a list.</summary>
    public static JsonNode Eos(LlamaConfig config) => config.OtherEosTokenIds.Count == 0
        ? config.EosTokenId
        : new JsonArray([.. config.OtherEosTokenIds.Prepend(config.EosTokenId).Select(id => (JsonNode)id)]);

    private static int Id(ConfigFields fields, string name, JsonElement value, int vocabulary)
    {
        int id = fields.Whole(name, value, minimum: 0);
        return id < vocabulary ? id : throw new InputException($"{fields.Path}: {name} {id} is not below vocab_size {vocabulary}.");
    }
}
