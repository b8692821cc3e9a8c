using Repro.Engine.Files;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Measuring;

/// <summary>Which of three texts, of which one is trained on further, a corpus has enough of.</summary>
public sealed class AvailableTextsTests
{
    [Test]
    public void A_corpus_with_all_texts_leaves_the_run_as_it_is()
    {
        using WrittenCorpus corpus = new WrittenCorpus().Add("aa", 4, 2, skip: 0).Add("bb", 200, 2, skip: 100).Add("cc", 4, 2, skip: 400);
        RunConfiguration configuration = Of(corpus, further: true);
        (RunConfiguration found, string? note) = AvailableTexts.Of(configuration, []);
        found.Should().BeSameAs(configuration);
        note.Should().BeNull();
    }

    [Test]
    public void What_a_corpus_lacks_is_left_out_and_named()
    {
        using WrittenCorpus corpus = new WrittenCorpus().Add("aa", 4, 2, skip: 0).Add("bb", 3, 2, skip: 100);
        (RunConfiguration found, string? note) = AvailableTexts.Of(Of(corpus, further: false), []);
        TextSet texts = found.Profile.Texts;
        texts.Test.Should().Equal(HandMadeProfile.First, HandMadeProfile.Second);
        texts.Importance.Should().Equal(HandMadeProfile.First);
        (texts.IsWhole, texts.LocatesRegions, found.IsProfileOwn).Should().Be((false, false, false));
        texts.Lacks(HandMadeProfile.Third).Should().BeTrue();
        texts.Lacks(HandMadeProfile.Third.AsDigits()).Should().BeTrue("digits in place of a text need the text");
        texts.Lacks(HandMadeProfile.FurtherSecond).Should().BeTrue();
        texts.Lacks(HandMadeProfile.Second).Should().BeFalse();
        note.Should().Be("claims are decided on 2 of 3 languages, with regions of 1 of 3 and 0 of 1 texts for further training; lacking: Third, Second, further, Second");
    }

    [Test]
    public void Named_texts_alone_are_located()
    {
        using WrittenCorpus corpus = new WrittenCorpus().Add("aa", 4, 2, skip: 0).Add("bb", 4, 2, skip: 100).Add("cc", 4, 2, skip: 200);
        AvailableTexts.Of(Of(corpus, further: false), ["aa", "cc"]).Configuration.Profile.Texts.Importance.Should().Equal(HandMadeProfile.First, HandMadeProfile.Third);
    }

    [Test]
    public void A_name_that_no_claim_is_about_or_that_has_too_little_text_is_refused()
    {
        using WrittenCorpus corpus = new WrittenCorpus().Add("aa", 4, 2, skip: 0).Add("bb", 3, 2, skip: 100).Add("cc", 4, 2, skip: 200);
        FluentActions.Invoking(() => AvailableTexts.Of(Of(corpus, further: false), ["ru"])).Should().Throw<InputException>().WithMessage("No region of 'ru'*aa, bb, cc*repro atlas*");
        FluentActions.Invoking(() => AvailableTexts.Of(Of(corpus, further: false), ["bb"])).Should().Throw<InputException>().WithMessage("*3 training lines of Second*takes 4*--samples*");
    }

    private static RunConfiguration Of(WrittenCorpus corpus, bool further) => new()
    {
        Profile = HandMadeProfile.Small,
        Checkpoint = Path.Combine(Project.Folder, "fixtures", "tiny"),
        Corpus = corpus.Path,
        FurtherCorpus = further ? corpus.Path : null,
        IsProfileOwn = true,
    };
}
