using Repro.Engine.Evaluation;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Measuring;

public sealed class MeasurementSetTests
{
    private static readonly TestText First = HandMadeProfile.First;
    private static readonly TestText Second = HandMadeProfile.Second;
    private static readonly RegionRemoval Removal = new(RegionKind.Random, 0.05);
    private static readonly MeasurementSet Empty = new() { VocabularySize = 256 };
    private static readonly Measurement One = HandMadeSet.Documents(1);
    private static readonly Measurement Other = HandMadeSet.Documents(2);

    [Test]
    public void What_is_added_is_in_the_new_set_and_not_in_the_old_one()
    {
        RegionFacts region = new(1, 2, IsDifference: false, new Dictionary<string, long>(), "h", null, null);
        MeasurementSet full = Empty.With([(Removal, First, One)]).With("gini", Resampled.Exact(1)).With(First, new TextFacts(3, 4, true)).With(Removal.Region, region).WithWritten("words", "once");
        full[Removal, First].Should().BeSameAs(One);
        full.Quantity("gini").Value.Should().Be(1);
        full.Facts(First).Should().Be(new TextFacts(3, 4, true));
        full.Facts(Removal.Region).Should().BeSameAs(region);
        full.Text("words").Should().Be("once");
        (full.Has(Removal, First), full.HasQuantity("gini"), full.HasFacts(First)).Should().Be((true, true, true));

        (Empty.Has(Removal, First), Empty.HasQuantity("gini"), Empty.HasFacts(First)).Should().Be((false, false, false));
        Empty.AllDocuments.Should().BeEmpty();
    }

    [Test]
    public void Measuring_again_replaces_what_was_there_and_only_in_the_new_set()
    {
        MeasurementSet once = Empty.With([(Removal, First, One)]);
        MeasurementSet twice = once.With([(Removal, First, Other)]);
        (once[Removal, First], twice[Removal, First]).Should().Be((One, Other));
    }

    [Test]
    public void A_cell_that_was_not_measured_is_named()
    {
        MeasurementSet set = Empty.With([(Removal, First, One)]);
        FluentActions.Invoking(() => set[Removal, Second]).Should().Throw<KeyNotFoundException>().WithMessage("'random 5% draw 0' was not measured on Second.");
        FluentActions.Invoking(() => set.Nats(Condition.Base, First)).Should().Throw<KeyNotFoundException>().WithMessage("'base' was not measured on First.");
        FluentActions.Invoking(() => set.Quantity("gini")).Should().Throw<KeyNotFoundException>().WithMessage("'gini' was not measured.");
    }

    [Test]
    public void A_further_text_is_not_the_text_of_the_same_code() =>
        Empty.With([(Removal, Second, One)]).Has(Removal, HandMadeProfile.FurtherSecond).Should().BeFalse();

    [Test]
    public void Nats_are_under_the_sets_reading_of_perplexity()
    {
        MeasurementSet set = Empty.With([(Removal, First, One)]);
        set.Nats(Removal, First).Should().Be(One.NatsPerToken);
        (set with { Perplexity = PerplexityReading.BatchMean }).Nats(Removal, First).Should().Be(One.Nats(PerplexityReading.BatchMean)).And.NotBe(One.NatsPerToken);
        set.UniformNats.Should().Be(Math.Log(256));
    }

    [Test]
    public void A_draw_on_a_share_of_the_documents_stands_as_far_from_the_base_as_on_its_share()
    {
        Measurement all = new([.. Enumerable.Range(0, 32).Select(i => new DocumentScore(10 + i, 5))]);
        RegionRemoval second = new(RegionKind.Random, 0.05, draw: 1);
        Measurement odd = new([.. all.Documents.Where((_, i) => i % 2 == 1).Select(d => d with { Nll = d.Nll + 2 })]);
        MeasurementSet set = Empty with { Shares = new(2) };
        set = set.With([(Condition.Base, First, all), (second, First, odd), (Condition.Base, Second, all), (second, Second, all)]);
        set.Nats(second, First).Should().BeApproximately(all.NatsPerToken + 0.4, 1e-12);
        set.Nats(second, Second).Should().Be(all.NatsPerToken, "it was measured on all");
        set.AllDocuments.Single(d => d is { Condition: "random 5% draw 1", Language: "aa" }).Places.Should().Equal(Enumerable.Range(0, 16).Select(i => (2 * i) + 1));
        set.AllDocuments.First().Places.Should().BeNull();
    }

    [Test]
    public void Documents_come_in_the_order_of_conditions_and_texts_whatever_order_they_were_measured_in()
    {
        MeasurementSet set = Empty.With([(Removal, Second, One), (Condition.Base, Second, One)]).With([(Condition.Base, First, Other), (Removal, First, Other)]);
        set.AllDocuments.Select(d => (d.Condition, d.Language)).Should().Equal(("base", "aa"), ("base", "bb"), ("random 5% draw 0", "aa"), ("random 5% draw 0", "bb"));
        set.AllDocuments.First().Documents.Should().Equal(Other.Documents);
    }
}
