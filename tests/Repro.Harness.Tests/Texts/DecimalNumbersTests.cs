using System.Globalization;
using Repro.Engine.Seeds;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Texts;

public sealed class DecimalNumbersTests
{
    private static readonly string[] Numbers = DecimalNumbers.Write(new SplitMix(7), 1000).Split(", ");

    [Test]
    public void They_are_numbers_of_up_to_four_digits_before_and_three_after_a_point()
    {
        Numbers.Should().HaveCount(1000);
        Numbers.Should().OnlyContain(n => double.Parse(n, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) < 10_000);
        Numbers.Should().AllSatisfy(n => n.Should().MatchRegex("^([0-9]|[1-9][0-9]{1,3})([.][0-9]{1,3})?$"));
    }

    [Test]
    public void Half_of_them_have_a_point_and_every_digit_comes_as_often()
    {
        // Standard deviations: 16 of 500 numbers, and below 22 of some 520 of each digit in the last place; four of those.
        Numbers.Count(n => n.Contains('.', StringComparison.Ordinal)).Should().BeInRange(500 - 64, 500 + 64);
        string last = string.Concat(Numbers.Where(n => n.Length > 1).Select(n => n[^1]));
        foreach (char digit in "0123456789")
            last.Count(c => c == digit).Should().BeInRange((last.Length / 10) - 40, (last.Length / 10) + 40, $"of {digit}");
    }

    [Test]
    public void A_seed_gives_the_same_and_another_seed_others()
    {
        DecimalNumbers.Write(new SplitMix(7), 1000).Should().Be(string.Join(", ", Numbers));
        DecimalNumbers.Write(new SplitMix(8), 1000).Should().NotBe(string.Join(", ", Numbers));
        DecimalNumbers.Write(new SplitMix(7), 0).Should().BeEmpty();
    }
}
