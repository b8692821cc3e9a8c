using Microsoft.ML.Tokenizers;
using Repro.Engine.Storage;

namespace Repro.Engine.Text;

/// <summary>A checkpoint's SentencePiece tokenizer.</summary>
public sealed class Tokenizer
{
    private const long MaxLength = 64 << 20;
    private readonly LlamaTokenizer inner;

    private Tokenizer(LlamaTokenizer inner) => this.inner = inner;

    /// <summary>Reads a <c>tokenizer.model</c>.</summary>
    /// <exception cref="InputException">It is missing or not a SentencePiece BPE model.</exception>
    public static Tokenizer Open(string path)
    {
        byte[] model;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxLength })
                throw new InputException($"{path} is larger than {MaxLength >> 20} MB; name a SentencePiece BPE model.");
            model = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} can't be read: {e.Message}", e);
        }

        try
        {
            using MemoryStream stream = new(model);
            return new Tokenizer(LlamaTokenizer.Create(stream, addBeginOfSentence: false, addEndOfSentence: false));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InputException($"{path} is not a SentencePiece BPE model ({e.Message.Split('\n')[0].Trim()}); restore the checkpoint's tokenizer.model.", e);
        }
    }

    /// <summary>Number of pieces.</summary>
    public int VocabularySize => inner.Vocabulary.Count;

    /// <summary>Id of the piece that begins a text.</summary>
    public int BosTokenId => inner.BeginningOfSentenceId;

    /// <summary>The ids of a text, without BOS or EOS.</summary>
    public int[] Encode(string text) => text.Length == 0 ? [] : [.. inner.EncodeToIds(text, considerPreTokenization: false, considerNormalization: true)];

    /// <summary>The text of ids; BOS and EOS are left out.</summary>
    public string Decode(IEnumerable<int> ids) => inner.Decode(ids) ?? "";
}
