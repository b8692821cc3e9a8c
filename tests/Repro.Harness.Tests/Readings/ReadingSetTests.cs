using Repro.Engine.Evaluation;
using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Engine.Text;
using Repro.Harness.Readings;
using Repro.Harness.Tests.Profiles;

namespace Repro.Harness.Tests.Readings;

public sealed class ReadingSetTests
{
    private static readonly Reading<DayOfWeek> Own = new("first day", DayOfWeek.Monday);
    private static readonly ReadingSet Usual = ReadingSet.Usual(Own);

    [Test]
    public void It_has_the_usual_way_of_the_harnesss_readings_and_of_the_papers_own_in_order() =>
        Usual.Should().Equal(new Dictionary<string, string> { ["first day"] = "Monday", ["importance"] = "Signed", ["norms"] = "WithNorms", ["perplexity"] = "PerToken", ["samples"] = "Line" });

    [Test]
    public void A_point_is_read_as_its_own_type()
    {
        Usual.Of(Own).Should().Be(DayOfWeek.Monday);
        Usual.Of(Reading.Importance).Should().Be(ImportanceReading.Signed);
        Usual.Of(Reading.Samples).Should().Be(SampleReading.Line);
        Usual.Of(Reading.Norms).Should().Be(NormReading.WithNorms);
        Usual.Of(Reading.Perplexity).Should().Be(PerplexityReading.PerToken);
    }

    [Test]
    public void A_point_read_in_another_way_leaves_the_set_it_came_from()
    {
        ReadingSet other = Usual.With(Own, DayOfWeek.Sunday);
        (other.Of(Own), Usual.Of(Own)).Should().Be((DayOfWeek.Sunday, DayOfWeek.Monday));
        other.Where(r => r.Key != Own.Name).Should().Equal(Usual.Where(r => r.Key != Own.Name));
    }

    [Test]
    public void A_reading_that_the_paper_does_not_have_is_not_made_up() =>
        FluentActions.Invoking(() => ReadingSet.Usual().Of(Own)).Should().Throw<KeyNotFoundException>();

    [Test]
    public void Some_are_described_in_their_names_order_whatever_order_they_are_asked_in()
    {
        Usual.Describe([Reading.Samples, Reading.Norms]).Should().Be("norms WithNorms samples Line");
        Usual.Describe([Reading.Norms, Reading.Samples]).Should().Be("norms WithNorms samples Line");
        Usual.With(Own, DayOfWeek.Friday).Describe([Own]).Should().Be("first day Friday");
        Usual.Describe([]).Should().BeEmpty();
    }

    [Test]
    public void It_is_a_dictionary_by_name()
    {
        (Usual.Count, Usual["norms"], Usual.ContainsKey("nothing")).Should().Be((5, "WithNorms", false));
        Usual.TryGetValue("samples", out string? samples).Should().BeTrue();
        samples.Should().Be("Line");
        Usual.Keys.Should().BeInAscendingOrder(StringComparer.Ordinal).And.HaveSameCount(Usual.Values);
    }

    [Test]
    public void A_profile_reads_each_point_as_its_set_says()
    {
        HandMadeProfile.Small.Importance.Should().Be(ImportanceReading.Signed);
        HandMadeProfile.Small.With(Reading.Importance, ImportanceReading.Absolute).Importance.Should().Be(ImportanceReading.Absolute);
        HandMadeProfile.Small.With(Reading.Samples, SampleReading.Merge).Samples.Should().Be(SampleReading.Merge);
        HandMadeProfile.Small.With(Reading.Norms, NormReading.MatricesOnly).Norms.Should().Be(NormReading.MatricesOnly);
        HandMadeProfile.Small.With(Reading.Perplexity, PerplexityReading.BatchMean).Perplexity.Should().Be(PerplexityReading.BatchMean);
    }
}
