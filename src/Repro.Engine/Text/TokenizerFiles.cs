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

    /// <summary>The tokenizer's file of a checkpoint: SentencePiece's, or Hugging Face's where there is only that.</summary>
    public static string In(string folder)
    {
        string sentencePiece = Path.Combine(folder, SentencePiece);
        string huggingFace = Path.Combine(folder, HuggingFace);
        return !File.Exists(sentencePiece) && File.Exists(huggingFace) ? huggingFace : sentencePiece;
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
}
