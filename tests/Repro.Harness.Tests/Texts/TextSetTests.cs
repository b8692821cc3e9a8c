using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Texts;

public sealed class TextSetTests
{
    [Test]
    public void A_text_of_the_further_corpus_has_a_key_of_its_own()
    {
        HandMadeProfile.Second.Key.Should().Be("bb");
        HandMadeProfile.FurtherSecond.Key.Should().Be("bb-further");
    }

    [Test]
    public void A_text_is_found_by_its_key_in_either_corpus()
    {
        HandMadeProfile.Small.Texts.Get("bb").Should().BeSameAs(HandMadeProfile.Second);
        HandMadeProfile.Small.Texts.Get("bb-further").Should().BeSameAs(HandMadeProfile.FurtherSecond);
    }

    [TestCase("aa-further")]
    [TestCase("zz")]
    [TestCase("")]
    public void A_text_that_the_paper_does_not_use_is_not_made_up(string key) =>
        FluentActions.Invoking(() => HandMadeProfile.Small.Texts.Get(key)).Should().Throw<InvalidOperationException>();

    [Test]
    public void There_are_as_many_texts_of_shuffled_labels_as_importance_is_taken_from_and_each_stands_beside_its_like()
    {
        TextSet texts = HandMadeProfile.Small.Texts;
        texts.Shuffled.Select(t => t.Code).Should().Equal("shuffled-1", "shuffled-2", "shuffled-3");
        texts.ForImportance("bb").Should().BeSameAs(HandMadeProfile.Second);
        texts.ForImportance("shuffled-2").Should().Be(texts.Shuffled[1]);
        FluentActions.Invoking(() => texts.ForImportance("zz")).Should().Throw<InvalidOperationException>();
        texts.BesideForImportance("bb").Select(t => t.Code).Should().Equal("aa", "cc");
        texts.BesideForImportance("shuffled-1").Select(t => t.Code).Should().Equal("shuffled-2", "shuffled-3");
        FluentActions.Invoking(() => texts.BesideForImportance("zz")).Should().Throw<InvalidOperationException>();
        (texts with { Importance = [] }).Shuffled.Should().BeEmpty();
    }

    [Test]
    public void A_text_with_its_tokens_in_random_order_is_another_text_of_the_same_code()
    {
        TestText mixed = HandMadeProfile.FurtherSecond.WithTokensInRandomOrder();
        mixed.Key.Should().Be("bb-further-random-order");
        mixed.Code.Should().Be("bb");
        mixed.Name.Should().EndWith(" (random order)").And.NotBe(HandMadeProfile.FurtherSecond.Name);
        mixed.WithTokensInRandomOrder().Should().BeSameAs(mixed);
        mixed.Should().NotBe(HandMadeProfile.FurtherSecond);
    }

    [Test]
    public void Digits_in_place_of_a_text_are_another_text_of_the_same_code()
    {
        TestText digits = HandMadeProfile.First.AsDigits();
        (digits.Key, digits.Code, digits.Form).Should().Be(("aa-digits", "aa", TextForm.Digits));
        digits.Name.Should().EndWith(" (digits)");
        digits.AsDigits().Should().BeSameAs(digits);
        FluentActions.Invoking(digits.WithTokensInRandomOrder).Should().Throw<InvalidOperationException>();
    }

    [Test]
    public void Texts_that_importance_is_taken_from_are_equal_by_what_they_are()
    {
        static SourceTexts Made(string id = "digits", string code = "aa") => new(id, "digits", [new TestText(code, "First").AsDigits()]);
        Made().Should().Be(Made());
        Made().GetHashCode().Should().Be(Made().GetHashCode());
        new[] { Made(), Made("other"), Made(code: "bb") }.Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void Texts_are_equal_by_what_they_are() => new TestText("aa", "First").Should().Be(HandMadeProfile.First).And.NotBe(HandMadeProfile.First with { Further = true });
}
