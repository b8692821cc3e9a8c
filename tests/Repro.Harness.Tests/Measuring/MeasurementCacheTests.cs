using Repro.Engine.Evaluation;
using Repro.Harness.Measuring;
using Repro.Harness.Readings;
using Repro.Harness.Tests.Profiles;

namespace Repro.Harness.Tests.Measuring;

/// <summary>What a plan asks for is measured once, under the profile.</summary>
public sealed class MeasurementCacheTests
{
    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.05);

    [Test]
    public void A_plan_is_measured_on_each_of_its_texts_and_what_was_measured_stays()
    {
        using SmallSession session = new();
        int quantities = 0;
        Quantity counted = new("counted", "", 0, (_, _) => Resampled.Exact(++quantities)) { Readings = [] };
        MeasurementSet first = session.Measure(new MeasurementPlan([Condition.Base], [HandMadeProfile.First]) { Quantities = [counted] });
        MeasurementSet second = session.Measure(new MeasurementPlan([Condition.Base, Random], SmallSession.Texts) { Quantities = [counted] });
        second[Condition.Base, HandMadeProfile.First].Should().BeSameAs(first[Condition.Base, HandMadeProfile.First]);
        second.Has(Random, HandMadeProfile.Second).Should().BeTrue();
        first.Has(Random, HandMadeProfile.First).Should().BeFalse();
        (quantities, second.Quantity("counted").Value).Should().Be((1, 1));
        second.Facts(Random.Region).Count.Should().BePositive();
        second.Facts(HandMadeProfile.First).Should().Be(new TextFacts(20, UnigramModel.NatsPerToken(session.Model.Texts.Test(HandMadeProfile.First)), BeginsWithBos: true));
    }

    [Test]
    public void The_profiles_reading_of_perplexity_is_the_sets()
    {
        using SmallSession session = new(HandMadeProfile.Small.With(Reading.Perplexity, PerplexityReading.BatchMean));
        MeasurementSet measured = session.Measure(new MeasurementPlan([Condition.Base], [HandMadeProfile.First]));
        Measurement documents = measured[Condition.Base, HandMadeProfile.First];
        measured.Nats(Condition.Base, HandMadeProfile.First).Should().Be(documents.Nats(PerplexityReading.BatchMean)).And.NotBe(documents.NatsPerToken);
        measured.VocabularySize.Should().Be(session.Model.Config.VocabularySize);
    }
}
