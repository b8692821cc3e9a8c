using Repro.Engine.Importance;
using Repro.Engine.Regions;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Measuring;

/// <summary>Removals that have something of a region: on the tiny checkpoint and a few documents they have what they say.</summary>
public sealed class ControlRemovalTests
{
    private static readonly RegionSpec Top = new(RegionKind.Top, 0.03);

    private SmallSession session = null!;

    private RegionSelector Regions => session.Model.Regions;

    [OneTimeSetUp]
    public void Open() => session = new SmallSession();

    [OneTimeTearDown]
    public void Close() => session.Dispose();

    [Test]
    public void A_displaced_region_lies_in_the_next_block_and_that_of_the_last_in_the_first()
    {
        int layers = Regions.Config.LayerCount;
        layers.Should().BeGreaterThan(1);
        Region top = Regions.Get(Top);
        Region displaced = DisplacedRemoval.Displaced(top, Regions.Layout, layers);
        displaced.HasShapesOf(top).Should().BeTrue();
        foreach ((string name, RegionPart part) in top.Parts)
            displaced.Parts[Regions.Layout.Name(Regions.Layout.RoleOf(name), (Regions.Layout.LayerOf(name)!.Value + 1) % layers)].Mask.Should().Be(part.Mask, name);
        Enumerable.Range(0, layers).Aggregate(top, (region, _) => DisplacedRemoval.Displaced(region, Regions.Layout, layers)).Hash().Should().Be(top.Hash(), "after all blocks it is where it was");
        displaced.Hash().Should().NotBe(top.Hash());
    }

    [TestCase(RegionMatch.Rows, MatrixAxis.Row)]
    [TestCase(RegionMatch.Columns, MatrixAxis.Column)]
    public void Random_weights_lie_in_the_regions_rows_or_columns(RegionMatch match, MatrixAxis axis)
    {
        Region matched = new MatchedRandomRemoval(Top, match).Region(Regions);
        foreach ((string name, RegionPart part) in Regions.Get(Top).Parts.Where(p => p.Value.Shape.Length == 2))
            Dimensions.Counts(matched.Parts[name], axis).Should().Equal(Dimensions.Counts(part, axis), name);
    }

    [Test]
    public void Random_weights_are_other_weights_of_the_regions_size()
    {
        Region top = Regions.Get(Top);
        Region matched = new MatchedRandomRemoval(Top, RegionMatch.Magnitude).Region(Regions);
        matched.Intersect(top).Count.Should().Be(0);
        matched.Parts.Select(p => p.Value.Mask.Count).Should().Equal(top.Parts.Select(p => p.Value.Mask.Count));
        using ImportanceMap magnitudes = Regions.Magnitudes();
        string name = top.Parts.Keys.First(n => top.Parts[n].Shape.Length == 2);
        magnitudes.Values(name).Average().Should().BePositive().And.BeLessThan(1, "|θ| of one text, and not its sum over texts");
    }

    [Test]
    public void Draws_differ_and_are_measured_on_shares_of_the_documents()
    {
        MatchedRandomRemoval[] draws = [.. new MatchedRandomRemoval(Top, RegionMatch.Rows).Draws(session.Model.Profile).Cast<MatchedRandomRemoval>()];
        draws.Select(d => d.RandomDraw).Should().Equal(0, 1);
        draws.Select(d => d.Id).Should().OnlyHaveUniqueItems();
        draws.Select(d => d.Region(Regions).Hash()).Should().OnlyHaveUniqueItems();
        MeasurementSet measured = session.Measure(SmallSession.Plan([Condition.Base, new DisplacedRemoval(Top), .. draws]));
        foreach (TestText text in SmallSession.Texts)
            draws.Append<Condition>(new DisplacedRemoval(Top)).Should().OnlyContain(d => measured.Nats(d, text) != measured.Nats(Condition.Base, text));
    }

    [Test]
    public void A_region_of_shuffled_labels_is_a_difference_of_theirs_and_needs_their_sums()
    {
        TextSet texts = session.Model.Profile.Texts;
        RegionSpec shuffled = new(RegionKind.Top, 0.05, Own: "shuffled-2");
        RegionSpec.Sources(texts, [Top]).Select(s => s.Text).Should().Equal(texts.Importance);
        RegionSpec.Sources(texts, [Top, shuffled]).Select(s => s.Text).Should().Equal(texts.Importance.Concat(texts.Shuffled));
        Region[] all = [.. texts.Shuffled.Select(t => Regions.Get(shuffled with { Own = t.Code }))];
        all.Should().OnlyContain(region => region.Count > 0 && region.Count < 0.05 * region.Population, "what regions share belongs to none");
        all[0].Intersect(all[1]).Count.Should().Be(0);
        all[1].Hash().Should().NotBe(Regions.Get(shuffled with { Own = "bb" }).Hash());
    }

    [Test]
    public void A_region_of_tokens_in_random_order_is_of_all_texts_together_and_needs_their_sums()
    {
        TextSet texts = session.Model.Profile.Texts;
        SourceTexts source = new("random-order", "tokens in random order", [.. texts.Importance.Select(t => t.WithTokensInRandomOrder())]);
        RegionSpec mixed = Top with { Source = source };
        RegionSpec.Sources(texts, [Top, mixed, mixed]).Select(s => s.Text).Should().Equal(texts.Importance.Concat(source.Texts));
        (mixed.Id, mixed.Label).Should().Be(("top 3% random-order large", "Top 3 % of tokens in random order"));
        mixed.Id.Should().NotBe(Top.Id);
        (Region own, Region other) = (Regions.Get(Top), Regions.Get(mixed));
        other.Count.Should().Be(own.Count, "k is a share of each tensor");
        other.Hash().Should().NotBe(own.Hash());
        Regions.Facts(mixed).HalfOverlap.Should().BeInRange(0, 1).And.NotBe(Regions.Facts(Top).HalfOverlap);
    }

    [TestCase(ImportanceScore.Fisher, SummedTerm.SquaredGradient)]
    [TestCase(ImportanceScore.Wanda, SummedTerm.SquaredInput)]
    [TestCase(ImportanceScore.Snip, SummedTerm.TokenImportance)]
    public void A_region_by_a_score_of_other_work_needs_that_scores_sums(ImportanceScore score, SummedTerm term)
    {
        TextSet texts = session.Model.Profile.Texts;
        RegionSpec other = Top with { Score = score };
        RegionSpec small = other with { Samples = SamplePart.Small };
        IEnumerable<SampleSums> gradients = texts.Importance.Select(t => new SampleSums(t));
        RegionSpec.Sources(texts, [Top, other, small]).Should().Equal(gradients.Concat(texts.Importance.Select(t => new SampleSums(t, term))));
        RegionSpec.Sources(texts, [Top, small]).Should().Equal(gradients.Concat(texts.Importance.Select(t => new SampleSums(t, term, OnlySmall: true))));
        Region[] regions = [.. new[] { Top, Top with { Samples = SamplePart.Small }, other, small }.Select(Regions.Get)];
        regions.Select(r => r.Count).Distinct().Should().ContainSingle("k is a share of each tensor");
        regions.Select(r => r.Hash()).Should().OnlyHaveUniqueItems();
        Regions.Facts(other).HalfOverlap.Should().BeInRange(0, 1);
        session.Model.Importance.Cost([new SampleSums(texts.Importance[0], term, OnlySmall: true)])
            .Should().BeLessThan(session.Model.Importance.Cost([new SampleSums(texts.Importance[0], term)]));
    }

    [Test]
    public void A_region_from_a_controls_text_alone_is_another_one_and_what_is_measured_of_it_depends_on_that_text()
    {
        RegionSpec From(TestText text) => Top with { Source = new SourceTexts("digits", "digits", [text.AsDigits()]) };
        (RegionSpec first, RegionSpec second) = (From(HandMadeProfile.First), From(HandMadeProfile.Second));
        first.Id.Should().Be("top 3% digits large").And.Be(second.Id);
        Regions.Get(first).Hash().Should().NotBe(Regions.Get(Top).Hash());
        session.Model.Keys.OfRegion(first).Should().NotBe(session.Model.Keys.OfRegion(second));
        session.Model.Keys.Of(new RegionRemoval(first), HandMadeProfile.First).Should().NotBe(session.Model.Keys.Of(new RegionRemoval(second), HandMadeProfile.First));
    }

    [Test]
    public void A_checkpoint_can_be_measured_with_its_weights_permuted()
    {
        using ModelSession permuted = new(session.Model.Configuration with { Weights = MeasuredWeights.Permuted });
        permuted.FingerprintBefore.Should().NotBe(session.Model.FingerprintBefore);
        permuted.Configuration.Untrained.Should().BeFalse();
        MeasurementSet own = session.Measure(SmallSession.Plan(Condition.Base));
        MeasurementSet shuffled = new MeasurementCache(permuted).Measure(SmallSession.Plan(Condition.Base), [], RunContext.None);
        shuffled.Nats(Condition.Base, HandMadeProfile.First).Should().BeGreaterThan(own.Nats(Condition.Base, HandMadeProfile.First) + 1, "what it knew is gone");
    }
}
