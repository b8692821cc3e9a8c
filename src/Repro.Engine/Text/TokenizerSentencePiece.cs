using Microsoft.ML.Tokenizers;

namespace Repro.Engine.Text;

/// <summary>SentencePiece's byte pairs, as in LLaMA 1 and 2 and Mistral: a <c>tokenizer.model</c>.</summary>
internal sealed class TokenizerSentencePiece : TokenizerCodec
{
    private readonly LlamaTokenizer inner;

    public TokenizerSentencePiece(Stream model)
    {
        inner = LlamaTokenizer.Create(model, addBeginOfSentence: false, addEndOfSentence: false);

        // Not the number of tokens: a damaged model may repeat one, and those behind it keep their ids.
        VocabularySize = inner.Vocabulary.Values.Max() + 1;
    }

    public override int VocabularySize { get; }

    public override int? BosTokenId => inner.BeginningOfSentenceId is >= 0 and var id ? id : null;

    public override int[] Encode(string text) => [.. inner.EncodeToIds(text, considerPreTokenization: false, considerNormalization: true)];

    public override string Decode(IEnumerable<int> ids) => inner.Decode(ids) ?? "";
}
