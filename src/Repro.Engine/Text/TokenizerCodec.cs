namespace Repro.Engine.Text;

/// <summary>One kind of tokenizer behind <see cref="Tokenizer"/>.</summary>
internal abstract class TokenizerCodec
{
    /// <summary>One more than the largest id that a text without added tokens, or BOS, can get.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>The token that the tokenizer begins a text with, or null where it begins it with none.</summary>
    public abstract int? BosTokenId { get; }

    /// <summary>The ids of a text, without BOS or EOS.</summary>
    public abstract int[] Encode(string text);

    /// <summary>The text of ids, control tokens left out.</summary>
    public abstract string Decode(IEnumerable<int> ids);
}
