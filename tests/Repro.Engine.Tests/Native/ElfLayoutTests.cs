using Repro.Engine.Native;
using Repro.Engine.Seeds;

namespace Repro.Engine.Tests.Native;

/// <summary>Offsets and lists that lead elsewhere, on a file where two libraries need versions whose names begin alike.</summary>
public sealed class ElfLayoutTests
{
    private static IEnumerable<TestCaseData> Malformed()
    {
        yield return Case("Another_magic", "ELF header", image => image[0] = 0x7E);
        yield return Case("A_32_bit_file", "64-bit little-endian", image => image[4] = 1);
        yield return Case("A_big_endian_file", "64-bit little-endian", image => image[5] = 2);
        yield return Case("Section_headers_of_40_bytes", "40 bytes", image => MinimalElf.Put16(image, 0x3A, 40));
        yield return Case(
            "A_section_table_at_the_last_address", "section header table", image => MinimalElf.Put64(image, 0x28, ulong.MaxValue));
        yield return Case(
            "A_section_table_at_a_negative_offset", "section header table", image => MinimalElf.Put64(image, 0x28, unchecked((ulong)-64)));
        yield return Case(
            "A_section_table_one_byte_too_late", "section header table",
            image => MinimalElf.Put64(image, 0x28, MinimalElf.SectionsOffset + 1));
        yield return Case("One_section_too_many", "section header table", image => MinimalElf.Put16(image, 0x3C, 4));
        yield return Case("A_link_to_no_section", "string table", image => MinimalElf.Put32(image, MinimalElf.NeedsHeader + 0x28, 3));
        yield return Case(
            "A_negative_link", "string table", image => MinimalElf.Put32(image, MinimalElf.NeedsHeader + 0x28, uint.MaxValue));
        yield return Case(
            "Strings_outside_the_file", "string table",
            image => MinimalElf.Put64(image, MinimalElf.StringsHeader + 0x18, MinimalElf.Size + 1));
        yield return Case(
            "Strings_longer_than_the_file", "string table",
            image => MinimalElf.Put64(image, MinimalElf.StringsHeader + 0x20, ulong.MaxValue));
        yield return Case(
            "Needs_outside_the_file", "version section", image => MinimalElf.Put64(image, MinimalElf.NeedsHeader + 0x18, 1UL << 63));
        yield return Case(
            "Needs_longer_than_the_file", "version section",
            image => MinimalElf.Put64(image, MinimalElf.NeedsHeader + 0x20, MinimalElf.Size));
        yield return Case(
            "A_section_too_short_for_its_needs", "version auxiliary",
            image => MinimalElf.Put64(image, MinimalElf.NeedsHeader + 0x20, MinimalElf.NeedsSize - 1));
        yield return Case(
            "Auxiliaries_outside_the_section", "version auxiliary",
            image => MinimalElf.Put32(image, MinimalElf.NeedA + 8, MinimalElf.NeedsSize));
        yield return Case(
            "Auxiliaries_before_the_section", "version auxiliary",
            image => MinimalElf.Put32(image, MinimalElf.NeedB + 8, unchecked((uint)-48)));
        yield return Case(
            "A_next_need_outside_the_section", "version need",
            image => MinimalElf.Put32(image, MinimalElf.NeedA + 12, MinimalElf.NeedsSize - 15));
        // -48 and -16 as the fields' unsigned 32 bits: back to the start, if the sum wrapped.
        yield return Case("A_next_need_that_leads_back", "version need", image =>
        {
            MinimalElf.Put32(image, MinimalElf.NeedsHeader + 0x2C, 4);
            MinimalElf.Put32(image, MinimalElf.NeedB + 12, unchecked((uint)-48));
        });
        yield return Case(
            "A_next_auxiliary_outside_the_section", "version auxiliary", image => MinimalElf.Put32(image, MinimalElf.OtherOfA + 12, 49));
        yield return Case("A_next_auxiliary_that_leads_back", "version auxiliary", image =>
        {
            MinimalElf.Put16(image, MinimalElf.NeedA + 2, ushort.MaxValue);
            MinimalElf.Put32(image, MinimalElf.WantedOfA + 12, unchecked((uint)-16));
        });
        yield return Case(
            "A_name_outside_the_strings", "outside the string table",
            image => MinimalElf.Put32(image, MinimalElf.OnlyOfB + 8, MinimalElf.StringsSize));
        yield return Case(
            "A_negative_name", "outside the string table", image => MinimalElf.Put32(image, MinimalElf.OnlyOfB + 8, uint.MaxValue));
        yield return Case("A_name_without_an_end", "not terminated", image => MinimalElf.Put64(image, MinimalElf.StringsHeader + 0x20, 50));
    }

    [Test]
    public void Other_flags_stay_set()
    {
        byte[] image = MinimalElf.Build();
        MinimalElf.Put16(image, MinimalElf.WantedFlags, 0x8001);
        byte[] expected = (byte[])image.Clone();
        MinimalElf.Put16(expected, MinimalElf.WantedFlags, 0x8003);

        ElfVersionNeed.Weaken(image, MinimalElf.Wanted);
        image.Should().Equal(expected);
    }

    [Test]
    public void A_version_that_two_libraries_need_is_weakened_in_both()
    {
        byte[] image = MinimalElf.Build();
        MinimalElf.Put32(image, MinimalElf.OnlyOfB + 8, 23);

        ElfVersionNeed.Weaken(image, MinimalElf.Wanted).Should().Be(2);
        image[MinimalElf.WantedFlags].Should().Be(2);
        image[MinimalElf.OnlyOfB + 4].Should().Be(2);
        image[MinimalElf.OtherOfA + 4].Should().Be(0);
    }

    [Test]
    public void A_file_without_sections_changes_nothing()
    {
        byte[] image = MinimalElf.Build();
        MinimalElf.Put16(image, 0x3C, 0);
        byte[] before = (byte[])image.Clone();
        ElfVersionNeed.Weaken(image, MinimalElf.Wanted).Should().Be(0);
        image.Should().Equal(before);
    }

    [Test]
    public void Counts_beyond_the_lists_end_with_the_lists()
    {
        byte[] image = MinimalElf.Build();
        MinimalElf.Put32(image, MinimalElf.NeedsHeader + 0x2C, uint.MaxValue);
        MinimalElf.Put16(image, MinimalElf.NeedA + 2, ushort.MaxValue);
        ElfVersionNeed.Weaken(image, MinimalElf.Wanted).Should().Be(1);
    }

    [Test]
    public void A_truncation_is_refused_without_touching_what_lies_behind_it()
    {
        byte[] whole = MinimalElf.Build();
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] memory = (byte[])whole.Clone();
            Action weaken = () => ElfVersionNeed.Weaken(memory.AsSpan(0, length), MinimalElf.Wanted);
            weaken.Should().ThrowExactly<InvalidDataException>("{0} of {1} bytes", length, whole.Length);
            memory.Should().Equal(whole, "{0} bytes", length);
        }
    }

    [TestCaseSource(nameof(Malformed))]
    public void It_is_refused_and_nothing_is_written(string message, Action<byte[]> spoil)
    {
        byte[] image = MinimalElf.Build();
        spoil(image);
        byte[] before = (byte[])image.Clone();

        Action weaken = () => ElfVersionNeed.Weaken(image, MinimalElf.Wanted);
        weaken.Should().ThrowExactly<InvalidDataException>().WithMessage($"*{message}*");
        image.Should().Equal(before);
    }

    [Test]
    public void Random_damage_is_refused_or_changes_no_more_than_flags()
    {
        SplitMix random = new(20240801);
        int refused = 0;
        for (int round = 0; round < 5_000; round++)
        {
            byte[] image = MinimalElf.Build();
            for (int i = 0; i < 3; i++)
                image[(int)(random.Next() % MinimalElf.Size)] = (byte)random.Next();
            byte[] before = (byte[])image.Clone();
            int found = 0;
            try
            {
                found = ElfVersionNeed.Weaken(image, MinimalElf.Wanted);
            }
            catch (InvalidDataException)
            {
                refused++;
            }

            int[] changed = [.. Enumerable.Range(0, image.Length).Where(i => image[i] != before[i])];
            changed.Length.Should().BeLessThanOrEqualTo(found, "round {0}", round);
            changed.Select(i => image[i] ^ before[i]).Should().Equal(Enumerable.Repeat(2, changed.Length), "round {0}", round);
        }

        refused.Should().BeInRange(1, 4_999, "the damage must reach both outcomes");
    }

    private static TestCaseData Case(string name, string message, Action<byte[]> spoil) =>
        new TestCaseData(message, spoil).SetName(name + "_is_refused_and_nothing_is_written");
}
