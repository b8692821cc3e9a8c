using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Claims;

public sealed class CommonFormTests
{
    private static readonly TestText[] Texts = [new("aa", "One"), new("bb", "Two"), new("cc", "Three"), new("dd", "Four")];

    [TestCase(1, "increase(Top 3 %, One)")]
    [TestCase(2, "increase(Top 3 %, {One | Two})")]
    [TestCase(3, "increase(Top 3 %, {One | Two | Three})")]
    [TestCase(4, "increase(Top 3 %, {One | Two | ... 4 in all})")]
    public void Expressions_of_one_form_are_printed_once_with_the_words_that_differ_as_a_list(int texts, string form) =>
        Form([.. Texts.Take(texts).Select(t => Measures.Increase(Removal(0.03), t))]).Should().Be(form);

    [Test]
    public void Every_word_that_differs_is_a_list_of_its_own_without_repetitions() =>
        Form([.. new[] { 0.01, 0.03 }.SelectMany(ratio => Texts.Take(2).Select(t => Measures.Increase(Removal(ratio), t)))]).Should().Be("increase({Top 1 % | Top 3 %}, {One | Two})");

    [Test]
    public void Numbers_may_differ_too() => Form(2 * Measures.Quantity("a"), 3 * Measures.Quantity("a")).Should().Be("{2 | 3} * quantity(a)");

    [Test]
    public void Forms_may_be_nested() =>
        Form([.. Texts.Take(2).Select(t => Measures.Increase(Removal(0.03), t) - Measures.Mean(Texts.Where(o => o != t).Take(2).Select(o => Measures.Increase(Removal(0.03), o))))])
            .Should().Be("increase(Top 3 %, {One | Two}) - mean(increase(Top 3 %, {{Two | Three} | {One | Three}}))");

    [Test]
    public void Expressions_of_other_lengths_have_no_common_form()
    {
        Statistic quantity = Measures.Quantity("a");
        CommonForm.Of([quantity, 2 * quantity]).Should().BeNull();
        CommonForm.Of([quantity, Measures.Increase(Removal(0.03), Texts[0])]).Should().BeNull();
        CommonForm.Of([]).Should().BeNull();
    }

    private static RegionRemoval Removal(double ratio) => new(RegionKind.Top, ratio);

    private static string Form(params Statistic[] statistics) => string.Concat(CommonForm.Of(statistics)!);
}
