using Google.Protobuf;
using Repro.Engine.Files;

namespace Repro.Engine.Text;

/// <summary>The pieces of a SentencePiece model; a piece's id is its place.</summary>
/// <remarks>Numbers of fields and kinds are those of SentencePiece's <c>sentencepiece_model.proto</c>.</remarks>
internal sealed class SentencePieceModel
{
    private const int Normal = 1;
    private const int UserDefined = 4;
    private const int Unused = 5;
    private const int BytePairs = 2;
    private const char Blank = '\u2581';

    private readonly Dictionary<string, Piece> pieces = new(StringComparer.Ordinal);
    private int modelType = 1;
    private bool addsBlank = true;
    private bool removesBlanks = true;
    private bool marksBlanks = true;
    private bool blankIsLast;
    private string normalization = "";

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no model.</exception>
    /// <exception cref="InputException">The model does not merge pairs, or changes characters first.</exception>
    public SentencePieceModel(string path, byte[] content)
    {
        CodedInputStream input = new(content);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: AddPiece(input.ReadBytes()); break;
                case 2: ReadTrainer(input.ReadBytes()); break;
                case 3: ReadNormalizer(input.ReadBytes()); break;
                default: input.SkipLastField(); break;
            }
        }

        if (modelType != BytePairs)
            throw new InputException($"{path} is a SentencePiece model of type {modelType}, and only byte pairs (type {BytePairs}) are supported; use a checkpoint with another tokenizer.");
        if (normalization.Length > 0)
            throw new InputException($"{path} changes characters with the rules '{normalization}', which are not supported; {TokenizerFiles.HowToConvert}.");
        LongestUserDefined = pieces.Where(p => p.Value.Kind == UserDefined).Select(p => p.Key.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>Number of pieces of all kinds.</summary>
    public int Count { get; private set; }

    /// <summary>Most UTF-16 units of a piece that stands for itself, whatever is around it; 0 where there is none.</summary>
    public int LongestUserDefined { get; }

    /// <summary>A piece that text can become.</summary>
    public Piece? Find(ReadOnlySpan<char> text) => pieces.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out Piece piece) ? piece : null;

    /// <summary>A text with its blanks as the model's pieces have them.</summary>
    public string Normalize(string text)
    {
        string blanks = removesBlanks ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : text;
        if (blanks.Length == 0)
            return "";
        string added = !addsBlank ? blanks : blankIsLast ? blanks + " " : " " + blanks;
        return marksBlanks ? added.Replace(' ', Blank) : added;
    }

    private void AddPiece(ByteString content)
    {
        CodedInputStream input = content.CreateCodedInput();
        (string text, float score, int kind) = ("", 0, Normal);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: text = input.ReadString(); break;
                case 2: score = input.ReadFloat(); break;
                case 3: kind = input.ReadEnum(); break;
                default: input.SkipLastField(); break;
            }
        }

        // Control tokens, the unknown token and single bytes are not found in a text.
        if (kind is Normal or UserDefined or Unused)
            pieces.TryAdd(text, new Piece(Count, score, kind));
        Count++;
    }

    private void ReadTrainer(ByteString content)
    {
        CodedInputStream input = content.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 3: modelType = input.ReadEnum(); break;
                case 24: blankIsLast = input.ReadBool(); break;
                default: input.SkipLastField(); break;
            }
        }
    }

    private void ReadNormalizer(ByteString content)
    {
        CodedInputStream input = content.CreateCodedInput();
        (string name, bool hasRules) = ("unnamed", false);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: name = input.ReadString(); break;
                case 2: hasRules = input.ReadBytes().Length > 0; break;
                case 3: addsBlank = input.ReadBool(); break;
                case 4: removesBlanks = input.ReadBool(); break;
                case 5: marksBlanks = input.ReadBool(); break;
                default: input.SkipLastField(); break;
            }
        }

        normalization = hasRules ? name : "";
    }

    /// <summary>A piece.</summary>
    /// <param name="Id">Its token.</param>
    /// <param name="Score">The higher, the earlier it is made.</param>
    /// <param name="Kind">SentencePiece's number of its kind.</param>
    internal readonly record struct Piece(int Id, float Score, int Kind)
    {
        /// <summary>Whether it stands for itself and is never merged.</summary>
        public bool IsUserDefined => Kind == UserDefined;

        /// <summary>Whether it is made, but taken apart again at the end.</summary>
        public bool IsUnused => Kind == Unused;
    }
}
