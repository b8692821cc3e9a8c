using Repro.Engine.Files;
using HuggingFace = Tokenizers.DotNet;

namespace Repro.Engine.Text;

/// <summary>Any tokenizer of byte pairs in a <c>tokenizer.json</c>, by Hugging Face's own library: LLaMA-3, Qwen, Gemma, SmolLM, and SentencePiece's in this spelling.</summary>
/// <remarks>As in Hugging Face, a text that contains an added token gets that token's id.</remarks>
internal sealed class TokenizerHuggingFace : TokenizerCodec
{
    private readonly HuggingFace.Tokenizer inner;

    public TokenizerHuggingFace(TokenizerFile file)
    {
        VocabularySize = file.VocabularySize;
        BosTokenId = file.BosTokenId;
        inner = Load(file);
    }

    public override int VocabularySize { get; }

    public override int? BosTokenId { get; }

    public override int[] Encode(string text) => Array.ConvertAll(inner.Encode(text), id => checked((int)id));

    public override string Decode(IEnumerable<int> ids) => inner.Decode([.. ids.Select(id => checked((uint)id))]);

    // The library reads from a path only.
    private static HuggingFace.Tokenizer Load(TokenizerFile file)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("repro-tokenizer-");
        try
        {
            string copy = Path.Combine(folder.FullName, TokenizerFiles.HuggingFace);
            File.WriteAllBytes(copy, file.TextOnly());
            return new HuggingFace.Tokenizer(copy);
        }
        catch (DllNotFoundException e)
        {
            throw new InputException($"{file.Path} needs Hugging Face's tokenizers library, which can't be loaded here (it is built for Linux on x64 with glibc 2.34 or later); use a checkpoint with SentencePiece's tokenizer.model.", e);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
