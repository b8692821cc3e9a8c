using System.Text.Json;
using Repro.Engine.Files;

namespace Repro.Engine.Text;

/// <summary>The files that a checkpoint's tokenizer may be in.</summary>
public static class TokenizerFiles
{
    /// <summary>Name of SentencePiece's model.</summary>
    public const string SentencePiece = "tokenizer.model";

    /// <summary>Most bytes such a file may have.</summary>
    public const long MaxLength = 64 << 20;

    /// <summary>Name of Hugging Face's description of any tokenizer.</summary>
    public const string HuggingFace = "tokenizer.json";

    /// <summary>How to get a <c>tokenizer.json</c> where only SentencePiece's file is there.</summary>
    internal const string HowToConvert = "write a tokenizer.json beside it with python -c \"from transformers import AutoTokenizer as T; T.from_pretrained('FOLDER').save_pretrained('FOLDER')\"";

    // A message of Protocol Buffers whose first field is a piece; the file of the same name in LLaMA 3 is text.
    private const byte FirstOfSentencePiece = 0x0A;

    // Tokens added to a vocabulary, where Hugging Face's Python classes wrote them.
    private const string Added = "added_tokens.json";

    /// <summary>The tokenizer's file of a checkpoint: SentencePiece's, or Hugging Face's where there is only that or where it has more tokens.</summary>
    /// <exception cref="InputException">A file can't be read.</exception>
    public static string In(string folder)
    {
        string sentencePiece = Path.Combine(folder, SentencePiece);
        string huggingFace = Path.Combine(folder, HuggingFace);
        if (!File.Exists(huggingFace))
            return sentencePiece;
        return File.Exists(sentencePiece) && !Surpasses(huggingFace, sentencePiece) ? sentencePiece : huggingFace;
    }

    /// <summary>The tokens that were added to a SentencePiece model, as written in a file beside it.</summary>
    /// <exception cref="InputException">That file is damaged.</exception>
    internal static IReadOnlyList<string> AddedBeside(string path)
    {
        string added = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Added);
        if (!File.Exists(added))
            return [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadBytes(added, MaxLength));
            return [.. document.RootElement.EnumerateObject().Select(t => t.Name).Where(t => t.Length > 0)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"{added} is not a JSON object of tokens; get the checkpoint's again, or delete it where no token was added.", e);
        }
    }

    /// <summary>Whether a file is Hugging Face's, by its name.</summary>
    public static bool IsHuggingFace(string path) => path.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>Copies a tokenizer's file into a checkpoint, in the place of any that it had.</summary>
    public static void Copy(string path, string folder)
    {
        (string name, string other) = IsHuggingFace(path) ? (HuggingFace, SentencePiece) : (SentencePiece, HuggingFace);
        string target = Path.Combine(folder, name);
        if (Path.GetFullPath(path) == Path.GetFullPath(target))
            return;
        byte[] content = InputFile.ReadBytes(path, MaxLength);
        AtomicFile.Write(target, stream => stream.Write(content));
        File.Delete(Path.Combine(folder, other));
    }

    // A damaged tokenizer.json is left alone beside a SentencePiece model.
    private static bool Surpasses(string huggingFace, string sentencePiece)
    {
        byte[] model = InputFile.ReadBytes(sentencePiece, MaxLength);
        if (model is not [FirstOfSentencePiece, ..])
            return true;
        try
        {
            int count = new SentencePieceModel(sentencePiece, model).Count;
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadBytes(huggingFace, MaxLength));
            return TokenizerFile.LargestAdded(document.RootElement) >= count;
        }
        catch (InputException)
        {
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or Google.Protobuf.InvalidProtocolBufferException)
        {
            return false;
        }
    }
}
