using Microsoft.ML.Tokenizers;

namespace Repro.Engine.Text;

/// <summary>SentencePiece's byte pairs, as in LLaMA 1 and 2 and Mistral: a <c>tokenizer.model</c>.</summary>
internal sealed class TokenizerSentencePiece(Stream model) : TokenizerCodec
{
    private readonly LlamaTokenizer inner = LlamaTokenizer.Create(model, addBeginOfSentence: false, addEndOfSentence: false);

    public override int VocabularySize => inner.Vocabulary.Count;

    public override int? BosTokenId => inner.BeginningOfSentenceId is >= 0 and var id ? id : null;

    public override int[] Encode(string text) => [.. inner.EncodeToIds(text, considerPreTokenization: false, considerNormalization: true)];

    public override string Decode(IEnumerable<int> ids) => inner.Decode(ids) ?? "";
}
