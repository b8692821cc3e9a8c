using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;
using Repro.Engine.Files;

namespace Repro.Engine.Text;

/// <summary>SentencePiece's byte pairs, as in LLaMA 1 and 2 and Mistral: a <c>tokenizer.model</c>.</summary>
internal sealed class TokenizerSentencePiece : TokenizerCodec
{
    private readonly LlamaTokenizer inner;
    private readonly SentencePieceModel model;
    private readonly IReadOnlyList<string> added;
    private readonly string path;
    private readonly int[] byteIds;

    public TokenizerSentencePiece(string path, byte[] content)
    {
        this.path = path;
        model = new SentencePieceModel(path, content);
        added = TokenizerFiles.AddedBeside(path);
        using MemoryStream stream = new(content);
        inner = LlamaTokenizer.Create(stream, addBeginOfSentence: false, addEndOfSentence: false);
        byteIds = inner.ByteFallback ? [.. Enumerable.Range(0, 256).Select(b => inner.Vocabulary[string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>")])] : [];
        if ((uint)inner.UnknownId >= (uint)model.Count)
            throw new InvalidDataException($"its unknown token is {inner.UnknownId} of {model.Count}");
    }

    public override int VocabularySize => model.Count;

    public override int? BosTokenId => inner.BeginningOfSentenceId is >= 0 and var id ? id : null;

    public override int[] Encode(string text)
    {
        if (added.FirstOrDefault(token => text.Contains(token, StringComparison.Ordinal)) is { } foreign)
            throw new InputException($"A text contains '{foreign}', which was added to the vocabulary of {path}; {TokenizerFiles.HowToConvert}, which is then read.");
        string normalised = model.Normalize(text);
        List<int> ids = [];
        bool followsUnknown = false;
        foreach (Range range in new PairMerging(model).Pieces(normalised))
        {
            ReadOnlySpan<char> piece = normalised.AsSpan(range);
            int[] found = model.Find(piece) is { } known ? [known.Id] : inner.ByteFallback ? Bytes(piece) : [inner.UnknownId];

            // Unknown characters in a row are one token.
            bool isUnknown = found[0] == inner.UnknownId;
            if (!isUnknown || !followsUnknown)
                ids.AddRange(found);
            followsUnknown = isUnknown;
        }

        return [.. ids];
    }

    public override string Decode(IEnumerable<int> ids) => inner.Decode(ids) ?? "";

    private int[] Bytes(ReadOnlySpan<char> piece)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(piece)];
        Encoding.UTF8.GetBytes(piece, bytes);
        return Array.ConvertAll(bytes, b => byteIds[b]);
    }
}
