using System.Text.Json;
using Repro.Engine.Files;

namespace Repro.Engine.Text;

/// <summary>What a Hugging Face <c>tokenizer.json</c> with byte-level pairs says.</summary>
/// <param name="Vocabulary">Id of each token, written in <see cref="ByteAlphabet"/>.</param>
/// <param name="Merges">Pairs of tokens, separated by a blank, the most frequent first.</param>
/// <param name="Split">How a text is cut into pieces.</param>
/// <param name="Composes">Whether a text is brought into normalisation form C first.</param>
/// <param name="WholePiecesFirst">Whether a piece that is a token is taken as it is, without merging (<c>ignore_merges</c>).</param>
/// <param name="AddedText">Text of the added tokens that are no control tokens, by id.</param>
/// <param name="BosTokenId">The control token that a text begins with, or null.</param>
internal sealed record TokenizerFile(
    IReadOnlyDictionary<string, int> Vocabulary,
    IReadOnlyList<string> Merges,
    SplitPattern Split,
    bool Composes,
    bool WholePiecesFirst,
    IReadOnlyDictionary<int, string> AddedText,
    int? BosTokenId)
{
    /// <summary>More tokens than any vocabulary has.</summary>
    public const int MaxVocabulary = 1 << 24;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is of another kind, which is named.</exception>
    public static TokenizerFile Read(string path, byte[] content)
    {
        using JsonDocument document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 32 });
        JsonElement root = document.RootElement;
        JsonElement model = root.GetProperty("model");
        string kind = model.TryGetProperty("type", out JsonElement type) ? type.ToString() : "unnamed";
        if (kind != "BPE")
            throw new InputException($"{path} holds a tokenizer of type '{kind}', which is not supported; use a checkpoint whose tokenizer is of type 'BPE'.");
        TokenizerParts parts = new(path, root);
        parts.RefuseSentencePiece();
        parts.RefuseOptions(model);
        (SplitPattern split, bool composes) = (parts.Split(), parts.Composes());
        Dictionary<string, int> vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetInt32(), StringComparer.Ordinal);
        if (ByteAlphabet.All.Any(c => !vocabulary.ContainsKey(c.ToString())))
            throw new InputException($"{path} lacks tokens for single bytes; restore the checkpoint's tokenizer.json.");
        if (vocabulary.Where(t => t.Value is < 0 or >= MaxVocabulary).Select(t => t.Key).FirstOrDefault() is { } odd)
            throw new InputException($"{path} gives the token '{odd}' the id {vocabulary[odd]}, which no vocabulary has; restore the checkpoint's tokenizer.json.");
        return new TokenizerFile(
            vocabulary,
            [.. model.GetProperty("merges").EnumerateArray().Select(Merge)],
            split,
            composes,
            TokenizerParts.IsTrue(model, "ignore_merges"),
            parts.AddedText(),
            parts.BosTokenId());
    }

    // Newer files write a pair as a list.
    private static string Merge(JsonElement merge) =>
        merge.ValueKind == JsonValueKind.Array ? string.Join(' ', merge.EnumerateArray().Select(t => t.GetString())) : merge.GetString()!;
}
