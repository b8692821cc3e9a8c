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
        TextSet texts = HandMadeProfile.Small.Texts;
        texts.InRandomOrder.Select(t => t.Key).Should().Equal("aa-random-order", "bb-random-order", "cc-random-order");
        texts.Summed.Select(t => t.Key).Should().HaveCount(9).And.OnlyHaveUniqueItems();
    }

    [Test]
    public void Texts_are_equal_by_what_they_are() => new TestText("aa", "First").Should().Be(HandMadeProfile.First).And.NotBe(HandMadeProfile.First with { Further = true });
}
