using System.Text;
using Microsoft.ML.Tokenizers;
using Repro.Engine.Text.Unicode;

namespace Repro.Engine.Text;

/// <summary>Byte pairs merged over UTF-8 bytes, as in LLaMA-3 and Qwen2: a <c>tokenizer.json</c>.</summary>
/// <remarks>What looks like a control token in a text is text: no text can begin or end a document by itself.</remarks>
internal sealed class TokenizerByteLevel : TokenizerCodec
{
    private readonly TokenizerFile file;
    private readonly BpeTokenizer merger;
    private readonly Dictionary<int, string> tokens;

    public TokenizerByteLevel(TokenizerFile file)
    {
        this.file = file;
        merger = BpeTokenizer.Create(new BpeOptions(file.Vocabulary) { Merges = file.Merges });
        tokens = file.Vocabulary.ToDictionary(t => t.Value, t => t.Key);
        VocabularySize = Math.Max(file.Vocabulary.Values.Max(), file.BosTokenId ?? 0) + 1;
    }

    public override int VocabularySize { get; }

    public override int? BosTokenId => file.BosTokenId;

    public override int[] Encode(string text)
    {
        List<int> ids = [];
        foreach (string piece in file.Split.Split(file.Composes ? Composition.Compose(text) : text))
        {
            string bytes = ByteAlphabet.Write(piece);
            if (file.WholePiecesFirst && file.Vocabulary.TryGetValue(bytes, out int id))
                ids.Add(id);
            else
                ids.AddRange(merger.EncodeToIds(bytes, considerPreTokenization: false, considerNormalization: false));
        }

        return [.. ids];
    }

    public override string Decode(IEnumerable<int> ids)
    {
        List<byte> bytes = [];
        foreach (int id in ids)
        {
            if (tokens.TryGetValue(id, out string? token))
                bytes.AddRange(ByteAlphabet.Read(token));
            else if (file.AddedText.TryGetValue(id, out string? added))
                bytes.AddRange(Encoding.UTF8.GetBytes(added));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
