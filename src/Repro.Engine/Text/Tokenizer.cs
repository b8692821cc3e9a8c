using Repro.Engine.Files;
using Repro.Engine.Models;

namespace Repro.Engine.Text;

/// <summary>
/// A checkpoint's tokenizer: SentencePiece's (<c>tokenizer.model</c>) or Hugging Face's (<c>tokenizer.json</c>).
/// </summary>
public sealed class Tokenizer
{
    private readonly string path;
    private readonly TokenizerCodec codec;
    private int embeddings = int.MaxValue;

    private Tokenizer(string path, TokenizerCodec codec)
    {
        this.path = path;
        this.codec = codec;
    }

    /// <summary>One more than the largest id that a text without added tokens, or BOS, can get.</summary>
    public int VocabularySize => codec.VocabularySize;

    /// <summary>Id of the token that begins a text, or null where the tokenizer begins it with none.</summary>
    public int? BosTokenId => codec.BosTokenId;

    /// <summary>Opens a checkpoint's tokenizer and checks that it belongs to the model.</summary>
    /// <exception cref="InputException">It can't be used, or not with this model.</exception>
    public static Tokenizer OpenFor(LlamaConfig config, string folder)
    {
        Tokenizer tokenizer = Open(TokenizerFiles.In(folder));
        tokenizer.CheckFits(config);
        tokenizer.embeddings = config.VocabularySize;
        return tokenizer;
    }

    /// <summary>Reads a tokenizer; a name that ends in <c>.json</c> is Hugging Face's, any other SentencePiece's.</summary>
    /// <exception cref="InputException">The file is missing or holds something else.</exception>
    public static Tokenizer Open(string path)
    {
        byte[] content = InputFile.ReadBytes(path, TokenizerFiles.MaxLength);
        bool huggingFace = TokenizerFiles.IsHuggingFace(path);
        try
        {
            if (!huggingFace)
                return new Tokenizer(path, new TokenizerSentencePiece(path, content));
            using TokenizerFile file = new(path, content);
            return new Tokenizer(path, new TokenizerHuggingFace(file));
        }
        catch (Exception e) when (e is not (OutOfMemoryException or InputException))
        {
            (string kind, string name) = huggingFace ? ("Hugging Face tokenizer", TokenizerFiles.HuggingFace) : ("SentencePiece BPE model", TokenizerFiles.SentencePiece);
            throw new InputException($"{path} is not a {kind} ({e.Message.Split('\n')[0].Trim().TrimEnd('.')}); restore the checkpoint's {name}.", e);
        }
    }

    /// <summary>Checks that every id has a row in the model's embedding and that both name the same BOS.</summary>
    /// <exception cref="InputException">The tokenizer belongs to another model.</exception>
    public void CheckFits(LlamaConfig config)
    {
        if (VocabularySize > config.VocabularySize)
            throw new InputException($"{path} has {VocabularySize} tokens and the model only {config.VocabularySize}; use the tokenizer that the model was trained with, or set vocab_size to the tokenizer's.");
        if (BosTokenId is { } own && config.BosTokenId is { } stated && own != stated)
            throw new InputException($"{path} begins a text with token {own} and config.json says {stated}; correct bos_token_id in config.json, and eos_token_id where it is wrong too.");
    }

    /// <summary>The token that begins a document: the tokenizer's, or the configuration's where the tokenizer has none, as Qwen2's.</summary>
    /// <exception cref="InputException">Neither has one.</exception>
    public int BosFor(LlamaConfig config) => BosTokenId ?? config.BosTokenId
        ?? throw new InputException($"Neither {path} nor config.json names a token that begins a text; set bos_token_id in config.json.");

    /// <summary>The ids of a text, without BOS or EOS.</summary>
    /// <exception cref="InputException">The text contains an added token that the model or the tokenizer's file has nothing for.</exception>
    public int[] Encode(string text)
    {
        int[] ids = text.Length == 0 ? [] : codec.Encode(text);
        return Array.Find(ids, id => id >= embeddings) is not 0 and var beyond
            ? throw new InputException($"{path} gives the text '{Start(text)}' the id {beyond}, and the model has {embeddings} embeddings; remove the added token from the text, or use the model that was trained with it.")
            : ids;
    }

    /// <summary>The text of ids; BOS, EOS and other control tokens are left out.</summary>
    public string Decode(IEnumerable<int> ids) => codec.Decode(ids);

    private static string Start(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
