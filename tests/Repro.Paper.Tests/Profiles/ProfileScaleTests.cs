using Repro.Engine.Files;
using Repro.Paper.Profiles;

namespace Repro.Paper.Tests.Profiles;

public sealed class ProfileScaleTests
{
    [Test]
    public void The_least_sample_leaves_documents_for_the_small_one_and_for_both_halves()
    {
        Profile least = new ProfileScale(4, 2, 100).Of(PaperProfiles.Tiny);
        least.SmallSample.Should().BePositive().And.BeLessThan(least.LargeSample / 2);
    }

    [TestCase(3, null, null, "*--samples*")]
    [TestCase(null, 1, null, "*--test-documents*")]
    [TestCase(null, null, 99, "*--training-documents*")]
    [TestCase(null, null, 300, "*--training-documents*divide*")]
    public void Less_text_than_the_claims_need_is_refused(int? samples, int? testDocuments, int? trainingDocuments, string sentence) =>
        FluentActions.Invoking(() => new ProfileScale(samples, testDocuments, trainingDocuments).Of(PaperProfiles.Tiny)).Should().Throw<InputException>().WithMessage(sentence);
}
