using System.Buffers.Binary;
using System.Text;

namespace Repro.Engine.Native;

/// <summary>
/// Marks one needed symbol version of a 64-bit little-endian ELF shared object as weak, so that the dynamic linker
/// accepts a library that lacks it.
/// </summary>
/// <remarks>
/// Source: System V ABI, "Symbol Versioning" (<c>Elf64_Verneed</c>, <c>Elf64_Vernaux</c>, flag <c>VER_FLG_WEAK</c>).
/// Only the two bytes of <c>vna_flags</c> change. Anything the walk does not understand is refused with
/// <see cref="InvalidDataException"/> before a byte is written.
/// </remarks>
internal static class ElfVersionNeed
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort WeakFlag = 0x2;
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int NeedSize = 16;
    private const int AuxiliarySize = 16;

    /// <summary>Sets the weak flag on every need of <paramref name="version"/> in <paramref name="image"/>.</summary>
    /// <param name="image">A whole ELF file; edited in place.</param>
    /// <param name="version">The version's name, for example <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>How many entries name the version; 0 leaves the image as it was.</returns>
    /// <exception cref="InvalidDataException">The image is not an ELF file of the expected kind, or an offset in it leads outside.</exception>
    public static int Weaken(Span<byte> image, string version)
    {
        List<int> flagOffsets = FindFlags(image, Encoding.ASCII.GetBytes(version));
        foreach (int offset in flagOffsets)
        {
            Span<byte> flags = image.Slice(offset, sizeof(ushort));
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
        }

        return flagOffsets.Count;
    }

    private static List<int> FindFlags(ReadOnlySpan<byte> image, ReadOnlySpan<byte> version)
    {
        CheckHeader(image);
        ulong tableOffset = ReadU64(image, 0x28);
        int entrySize = ReadU16(image, 0x3A);
        int sectionCount = ReadU16(image, 0x3C);
        if (entrySize != SectionHeaderSize)
            throw Refuse($"section headers are {entrySize} bytes, expected {SectionHeaderSize}");

        ReadOnlySpan<byte> table = Part(image, tableOffset, (ulong)sectionCount * SectionHeaderSize, "section header table");
        List<int> flagOffsets = [];
        for (int i = 0; i < sectionCount; i++)
        {
            ReadOnlySpan<byte> header = table.Slice(i * SectionHeaderSize, SectionHeaderSize);
            if (ReadU32(header, 0x04) != VersionNeedSection)
                continue;

            uint link = ReadU32(header, 0x28);
            if (link >= sectionCount)
                throw Refuse("the version section names a string table that does not exist");
            ReadOnlySpan<byte> stringHeader = table.Slice((int)link * SectionHeaderSize, SectionHeaderSize);
            ReadOnlySpan<byte> strings = Part(image, ReadU64(stringHeader, 0x18), ReadU64(stringHeader, 0x20), "version string table");
            ulong sectionOffset = ReadU64(header, 0x18);
            ReadOnlySpan<byte> needs = Part(image, sectionOffset, ReadU64(header, 0x20), "version section");
            WalkNeeds(needs, (int)sectionOffset, needCount: ReadU32(header, 0x2C), strings, version, flagOffsets);
        }

        return flagOffsets;
    }

    private static void WalkNeeds(
        ReadOnlySpan<byte> needs, int sectionOffset, uint needCount, ReadOnlySpan<byte> strings, ReadOnlySpan<byte> version, List<int> flagOffsets)
    {
        ulong need = 0;
        for (uint i = 0; i < needCount; i++)
        {
            ReadOnlySpan<byte> entry = Part(needs, need, NeedSize, "version need");
            ulong auxiliary = need + ReadU32(entry, 0x08);
            ushort auxiliaryCount = ReadU16(entry, 0x02);
            for (int j = 0; j < auxiliaryCount; j++)
            {
                ReadOnlySpan<byte> aux = Part(needs, auxiliary, AuxiliarySize, "version auxiliary");
                if (NameAt(strings, ReadU32(aux, 0x08)).SequenceEqual(version))
                    flagOffsets.Add(sectionOffset + (int)auxiliary + 0x04);
                uint nextAuxiliary = ReadU32(aux, 0x0C);
                if (nextAuxiliary == 0)
                    break;
                auxiliary += nextAuxiliary;
            }

            uint nextNeed = ReadU32(entry, 0x0C);
            if (nextNeed == 0)
                break;
            need += nextNeed;
        }
    }

    private static void CheckHeader(ReadOnlySpan<byte> image)
    {
        if (image.Length < HeaderSize || !image[..4].SequenceEqual("\u007fELF"u8))
            throw Refuse("it does not start with an ELF header");
        if (image[4] != 2 || image[5] != 1)
            throw Refuse("it is not 64-bit little-endian");
    }

    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> strings, uint offset)
    {
        if (offset >= (uint)strings.Length)
            throw Refuse("a version name lies outside the string table");
        ReadOnlySpan<byte> tail = strings[(int)offset..];
        int end = tail.IndexOf((byte)0);
        return end < 0 ? throw Refuse("a version name is not terminated") : tail[..end];
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> whole, ulong offset, ulong length, string what) =>
        offset <= (ulong)whole.Length && length <= (ulong)whole.Length - offset
            ? whole.Slice((int)offset, (int)length)
            : throw Refuse($"the {what} lies outside the file");

    private static ushort ReadU16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint ReadU32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ulong ReadU64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    private static InvalidDataException Refuse(string why) => new($"The ELF file can't be edited: {why}.");
}
