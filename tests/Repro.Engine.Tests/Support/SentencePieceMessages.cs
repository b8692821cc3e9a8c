using System.Text;
using Google.Protobuf;

namespace Repro.Engine.Tests.Support;

/// <summary>Messages that, appended to a SentencePiece model, add pieces or change its settings.</summary>
internal static class SentencePieceMessages
{
    public const int UserDefined = 4;
    public const int Unused = 5;
    private const int Trainer = 2;
    private const int Normalizer = 3;

    public static byte[] Piece(string text, float score, int kind = 1) => Message(1, output =>
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
        output.WriteTag(2, WireFormat.WireType.Fixed32);
        output.WriteFloat(score);
        output.WriteTag(3, WireFormat.WireType.Varint);
        output.WriteEnum(kind);
    });

    public static byte[] MergesPairs() => Message(Trainer, output =>
    {
        output.WriteTag(3, WireFormat.WireType.Varint);
        output.WriteEnum(2);
    });

    public static byte[] AddsBlank(bool value) => Setting(Normalizer, 3, value);

    public static byte[] RemovesBlanks(bool value) => Setting(Normalizer, 4, value);

    public static byte[] BlankIsLast(bool value) => Setting(Trainer, 24, value);

    public static byte[] ChangesCharacters(string rules) => Message(Normalizer, output =>
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString(rules);
        output.WriteTag(2, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom("rules", Encoding.UTF8));
    });

    private static byte[] Setting(int message, int field, bool value) => Message(message, output =>
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteBool(value);
    });

    private static byte[] Message(int field, Action<CodedOutputStream> write)
    {
        using MemoryStream content = new();
        using (CodedOutputStream output = new(content, leaveOpen: true))
            write(output);
        using MemoryStream whole = new();
        using (CodedOutputStream output = new(whole, leaveOpen: true))
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content.ToArray()));
        }

        return whole.ToArray();
    }
}
