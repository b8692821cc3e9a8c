using Repro.Engine.Regions;

namespace Repro.Engine.Tests.Regions;

public sealed class BitmaskTests
{
    // The last bit of a word, the first of the next, and the last of the set.
    private static readonly long[] AtTheEdges = [0, 63, 64, 127, 128, 129];

    [Test]
    public void Members_are_what_was_added_in_ascending_order()
    {
        Bitmask mask = Mask(130, [.. AtTheEdges.Reverse()]);
        mask.Members().Should().Equal(AtTheEdges);
        mask.Count.Should().Be(6);
        Enumerable.Range(0, 130).Where(i => mask[i]).Select(i => (long)i).Should().Equal(AtTheEdges);
    }

    [Test]
    public void What_is_added_twice_counts_once() => Mask(10, 3, 3).Count.Should().Be(1);

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(64, 1)]
    [TestCase(65, 2)]
    [TestCase(128, 2)]
    public void A_set_has_a_word_for_every_64_elements(long length, int words)
    {
        Bitmask empty = new(length);
        empty.Words.Length.Should().Be(words);
        empty.Length.Should().Be(length);
        empty.Count.Should().Be(0);
        empty.Members().Should().BeEmpty();
    }

    [TestCase(-1)]
    [TestCase(10)]
    [TestCase(63, Description = "the word has room for it, the set has not")]
    public void An_element_outside_the_set_is_refused(long index)
    {
        Bitmask mask = new(10);
        FluentActions.Invoking(() => mask[index]).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => mask.Add(index)).Should().Throw<ArgumentOutOfRangeException>();
        mask.Count.Should().Be(0);
    }

    [Test]
    public void A_negative_length_is_refused() => FluentActions.Invoking(() => new Bitmask(-1)).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void Sets_combine_element_by_element_in_every_word()
    {
        Bitmask a = Mask(70, 0, 1, 64, 69);
        Bitmask b = Mask(70, 1, 2, 65, 69);
        a.Union(b).Members().Should().Equal(0, 1, 2, 64, 65, 69);
        a.Intersect(b).Members().Should().Equal(1, 69);
        a.Except(b).Members().Should().Equal(0, 64);
        b.Except(a).Members().Should().Equal(2, 65);
        a.Members().Should().Equal([0, 1, 64, 69], "combining leaves both as they are");
    }

    [Test]
    public void Sets_over_different_numbers_of_elements_do_not_combine() =>
        FluentActions.Invoking(() => new Bitmask(10).Union(new Bitmask(11))).Should().Throw<ArgumentException>().WithMessage("*10*11*");

    [Test]
    public void Sets_are_equal_by_length_and_members()
    {
        Bitmask mask = Mask(70, 3, 69);
        Bitmask same = Mask(70, 69, 3);
        mask.Equals(same).Should().BeTrue();
        mask.Equals((object)same).Should().BeTrue();
        mask.GetHashCode().Should().Be(same.GetHashCode());
        mask.Equals(Mask(70, 3, 68)).Should().BeFalse();
        mask.Equals(Mask(71, 3, 69)).Should().BeFalse("there is one element more, which is no member");
        mask.Equals((object)"3, 69").Should().BeFalse();
        new Bitmask(0).Equals(null).Should().BeFalse();
    }

    private static Bitmask Mask(long length, params long[] members)
    {
        Bitmask mask = new(length);
        foreach (long member in members)
            mask.Add(member);
        return mask;
    }
}
