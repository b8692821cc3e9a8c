using System.Buffers.Binary;
using System.Text;

namespace Repro.Engine.Tests.Native;

/// <summary>
/// The least ELF64 file with needed versions: header, string table, version section, section headers, in this order.
/// Offsets of fields are those of the System V ABI.
/// </summary>
internal static class MinimalElf
{
    public const string Wanted = "GLIBCXX_3.4.32";

    public const int StringsOffset = 64;
    public const int StringsSize = 66;
    public const int NeedsOffset = 136;
    public const int NeedsSize = 80;
    public const int SectionsOffset = 216;
    public const int Size = SectionsOffset + (3 * 64);

    // Version section: need A, its two auxiliaries, need B, its one.
    public const int NeedA = NeedsOffset;
    public const int OtherOfA = NeedsOffset + 16;
    public const int WantedOfA = NeedsOffset + 32;
    public const int NeedB = NeedsOffset + 48;
    public const int OnlyOfB = NeedsOffset + 64;
    public const int WantedFlags = WantedOfA + 4;

    // Section headers: null, strings, versions.
    public const int StringsHeader = SectionsOffset + 64;
    public const int NeedsHeader = SectionsOffset + 128;

    public static byte[] Build()
    {
        byte[] image = new byte[Size];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(image);
        Put16(image, 0x10, 3);
        Put16(image, 0x12, 62);
        Put64(image, 0x28, SectionsOffset);
        Put16(image, 0x34, 64);
        Put16(image, 0x3A, 64);
        Put16(image, 0x3C, 3);

        // 1: liba.so, 9: GLIBCXX_3.4.3, 23: GLIBCXX_3.4.32, 38: libb.so, 46: GLIBCXX_3.4.321
        Encoding.ASCII.GetBytes("\0liba.so\0GLIBCXX_3.4.3\0GLIBCXX_3.4.32\0libb.so\0GLIBCXX_3.4.321\0pad\0").CopyTo(image, StringsOffset);

        Need(image, NeedA, count: 2, file: 1, next: 48);
        Auxiliary(image, OtherOfA, name: 9, next: 16);
        Auxiliary(image, WantedOfA, name: 23, next: 0);
        Need(image, NeedB, count: 1, file: 38, next: 0);
        Auxiliary(image, OnlyOfB, name: 46, next: 0);

        Section(image, StringsHeader, type: 3, StringsOffset, StringsSize, link: 0, info: 0);
        Section(image, NeedsHeader, type: 0x6ffffffe, NeedsOffset, NeedsSize, link: 1, info: 2);
        return image;
    }

    public static void Put16(byte[] image, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), value);

    public static void Put32(byte[] image, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at), value);

    public static void Put64(byte[] image, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(at), value);

    private static void Need(byte[] image, int at, ushort count, uint file, uint next)
    {
        Put16(image, at, 1);
        Put16(image, at + 2, count);
        Put32(image, at + 4, file);
        Put32(image, at + 8, 16);
        Put32(image, at + 12, next);
    }

    private static void Auxiliary(byte[] image, int at, uint name, uint next)
    {
        Put32(image, at, 0xDEADBEEF);
        Put16(image, at + 6, 7);
        Put32(image, at + 8, name);
        Put32(image, at + 12, next);
    }

    private static void Section(byte[] image, int at, uint type, ulong offset, ulong size, uint link, uint info)
    {
        Put32(image, at + 4, type);
        Put64(image, at + 0x18, offset);
        Put64(image, at + 0x20, size);
        Put32(image, at + 0x28, link);
        Put32(image, at + 0x2C, info);
    }
}
