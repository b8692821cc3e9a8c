using Repro.Engine.Files;
using Repro.Harness.Profiles;

namespace Repro.Harness.Tests.Profiles;

public sealed class ProfileScaleTests
{
    [Test]
    public void The_least_sample_leaves_documents_for_the_small_one_and_for_both_halves()
    {
        Profile least = new ProfileScale(4, 2, 100).Of(HandMadeProfile.Small);
        least.SmallSample.Should().BePositive().And.BeLessThan(least.LargeSample / 2);
    }

    [TestCase(3, null, null, "*--samples*")]
    [TestCase(null, 1, null, "*--test-documents*")]
    [TestCase(null, null, 99, "*--training-documents*")]
    [TestCase(null, null, 300, "*--training-documents*divide*")]
    public void Less_text_than_the_claims_need_is_refused(int? samples, int? testDocuments, int? trainingDocuments, string sentence) =>
        FluentActions.Invoking(() => new ProfileScale(samples, testDocuments, trainingDocuments).Of(HandMadeProfile.Small)).Should().Throw<InputException>().WithMessage(sentence);

    [TestCase(1_300_000, null)]
    [TestCase(130_000, null)]
    [TestCase(13_000_000, null)]
    [TestCase(14_000_000, "*0.001 was set for a model of 1.3 million weights, and this one has 14 million*--learning-rate*")]
    [TestCase(100_000, "*this one has 0.1 million*")]
    [TestCase(6_738_000_000, "*this one has 6,738 million*")]
    public void A_rate_holds_for_models_of_about_one_size(long weights, string? sentence)
    {
        TrainingScale scale = HandMadeProfile.Small.Training with { SetForWeights = 1_300_000 };
        if (sentence is null)
            scale.RateRefusal(weights).Should().BeNull();
        else
            scale.RateRefusal(weights).Should().Match(sentence);
    }

    [Test]
    public void A_rate_that_a_user_names_holds_for_any_model()
    {
        Profile named = new ProfileScale(null, null, null, 5e-5).Of(HandMadeProfile.Small with { Training = HandMadeProfile.Small.Training with { SetForWeights = 1_300_000 } });
        named.Training.LearningRate.Should().Be(5e-5);
        named.Training.RateRefusal(6_738_000_000).Should().BeNull();
        new ProfileScale(null, null, null, 5e-5).IsProfileOwn.Should().BeFalse();
        FluentActions.Invoking(() => new ProfileScale(null, null, null, 0).Of(HandMadeProfile.Small)).Should().Throw<InputException>().WithMessage("--learning-rate*");
    }
}
