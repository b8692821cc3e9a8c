using System.Buffers.Binary;
using System.Text;
using Repro.Engine.Native;

namespace Repro.Engine.Tests.Native;

/// <summary>The edit of a crafted ELF file: three section headers, a string table, and one version need with two auxiliaries.</summary>
public sealed class ElfVersionNeedTests
{
    private const int Strings = 64;
    private const int Needs = 128;
    private const int Sections = 192;
    private const int FirstFlags = Needs + 16 + 4;
    private const int SecondFlags = Needs + 32 + 4;

    [Test]
    public void Only_the_flag_of_the_named_version_changes()
    {
        byte[] original = Crafted();
        byte[] edited = Crafted();
        ElfVersionNeed.Weaken(edited, "NEW_2").Should().Be(1);
        edited[SecondFlags].Should().Be(2);
        edited[SecondFlags] = original[SecondFlags];
        edited.Should().Equal(original);
    }

    [Test]
    public void Editing_twice_changes_nothing_more()
    {
        byte[] once = Crafted();
        ElfVersionNeed.Weaken(once, "OLD_1");
        byte[] twice = [.. once];
        ElfVersionNeed.Weaken(twice, "OLD_1");
        twice.Should().Equal(once);
        once[FirstFlags].Should().Be(2);
    }

    [Test]
    public void A_version_that_is_not_needed_leaves_the_file_as_it_is()
    {
        byte[] image = Crafted();
        ElfVersionNeed.Weaken(image, "NEW_22").Should().Be(0);
        image.Should().Equal(Crafted());
    }

    [Test]
    public void Every_truncation_is_refused_and_left_unchanged()
    {
        byte[] whole = Crafted();
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] image = whole[..length];
            FluentActions.Invoking(() => ElfVersionNeed.Weaken(image, "NEW_2")).Should().Throw<InvalidDataException>($"{length} bytes");
            image.Should().Equal(whole[..length]);
        }
    }

    [Test]
    public void A_single_wrong_byte_never_leads_outside_the_file()
    {
        for (int offset = 0; offset < Crafted().Length; offset++)
        {
            foreach (byte value in (byte[])[0x00, 0x7f, 0xff])
            {
                byte[] image = Crafted();
                image[offset] = value;
                byte[] before = [.. image];
                try
                {
                    int edited = ElfVersionNeed.Weaken(image, "NEW_2");
                    image.Zip(before).Count(p => p.First != p.Second).Should().BeLessThanOrEqualTo(edited);
                }
                catch (InvalidDataException)
                {
                    image.Should().Equal(before);
                }
            }
        }
    }

    [TestCase(0, 0x00, Description = "no ELF file")]
    [TestCase(4, 0x01, Description = "32 bits")]
    [TestCase(5, 0x02, Description = "big-endian")]
    [TestCase(0x3A, 0x20, Description = "short section headers")]
    public void Another_kind_of_file_is_refused(int offset, int value)
    {
        byte[] image = Crafted();
        image[offset] = (byte)value;
        FluentActions.Invoking(() => ElfVersionNeed.Weaken(image, "NEW_2")).Should().Throw<InvalidDataException>();
    }

    private static byte[] Crafted()
    {
        byte[] image = new byte[Sections + (3 * 64)];
        "\u007fELF"u8.CopyTo(image);
        (image[4], image[5]) = (2, 1);
        U64(image, 0x28, Sections);
        U16(image, 0x3A, 64);
        U16(image, 0x3C, 3);
        Encoding.ASCII.GetBytes("\0OLD_1\0NEW_2\0").CopyTo(image, Strings);

        U16(image, Needs, 1);
        U16(image, Needs + 2, 2);
        U32(image, Needs + 8, 16);
        U32(image, Needs + 16 + 8, 1);
        U32(image, Needs + 16 + 12, 16);
        U32(image, Needs + 32 + 8, 7);

        Section(image, 1, type: 3, Strings, 13, link: 0, info: 0);
        Section(image, 2, type: 0x6ffffffe, Needs, 48, link: 1, info: 1);
        return image;
    }

    private static void Section(byte[] image, int index, uint type, ulong offset, ulong size, uint link, uint info)
    {
        int start = Sections + (index * 64);
        U32(image, start + 0x04, type);
        U64(image, start + 0x18, offset);
        U64(image, start + 0x20, size);
        U32(image, start + 0x28, link);
        U32(image, start + 0x2C, info);
    }

    private static void U16(byte[] image, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), value);

    private static void U32(byte[] image, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(offset), value);

    private static void U64(byte[] image, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(offset), value);
}
