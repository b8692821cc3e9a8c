using Repro.Harness.Claims;
using Repro.Harness.Goldens;
using Repro.Harness.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Claims;

/// <summary>Every expression that a claim can stand on: its numbers resample by resample, its words, what it reads and how far it may move.</summary>
public sealed class StatisticTests
{
    private static readonly TestText First = HandMadeProfile.First;
    private static readonly TestText Second = HandMadeProfile.Second;
    private static readonly RegionRemoval Removal = new(RegionKind.Top, 0.05);

    // Three resamples; a model of 256 tokens has a uniform 8 nats here.
    private static readonly HandMadeMeasurements Three = new((condition, text) => (condition == Removal, text == First) switch
    {
        (true, true) => [5, 6, 9],
        (false, true) => [3, 3.5, 2],
        (true, false) => [4, 2, 8.5],
        (false, false) => [3, 3, 7.75],
    })
    {
        Count = 3,
        Numbers = id => id == "gini" ? [0.5, 0.25, 0.75] : [2, 4, 6],
        Tokens = text => text == First ? [10, 20, 30] : [3, 2, 4],
    };

    private static readonly Statistic InFirst = Measures.Increase(Removal, First);
    private static readonly Statistic InSecond = Measures.Increase(Removal, Second);
    private static readonly Statistic Gini = Measures.Quantity("gini");
    private static readonly Statistic Count = Measures.Quantity("count");

    private static readonly ITolerances Tolerances = new Tolerances { Edited = new(0.02, "made by hand") }.For(
    [
        new Quantity("gini", "", 0.01, (_, _) => Resampled.Exact(0)),
        new Quantity("count", "", 3, (_, _) => Resampled.Exact(0)),
    ],
    text => text == First ? 10 : 30);

    private static IEnumerable<TestCaseData> Expressions() =>
    [
        new(Measures.LogPerplexity(Removal, First), new[] { 5.0, 6, 9 }, "log-perplexity(Top 5 %, First)", 0.02),
        new(Measures.LogPerplexity(Condition.Base, First), new[] { 3, 3.5, 2 }, "log-perplexity(Base, First)", 0.001),
        new(InFirst, new[] { 2, 2.5, 7 }, "increase(Top 5 %, First)", 0.02),
        new(InSecond, new[] { 1, -1, 0.75 }, "increase(Top 5 %, Second)", 0.02),

        // Uniform is 8: in the third resample the edited model is 1 above it and the plain one 6 below; in Second 0.5 above and 0.25 below.
        new(Measures.ExcessOverUniform(Removal, First), new[] { -3.0, -2, 1 }, "excess over uniform(Top 5 %, First)", 0.02),
        new(Measures.ExcessOverUniform(Removal, Second), new[] { -4, -6, 0.25 }, "excess over uniform(Top 5 %, Second)", 0.02),
        new(Measures.PerDocument(InFirst, First), new[] { 20.0, 50, 210 }, "increase(Top 5 %, First) * tokens per document(First)", 0.2),
        new(Measures.PerDocument(InSecond - 1, Second), new[] { 0.0, -4, -1 }, "(increase(Top 5 %, Second) - 1) * tokens per document(Second)", 0.6),

        // Of 5, 4.5 and 6 nats below uniform 2, 2.5 and 7 are lost: of the last no more than all. Of Second 5, 5 and 0.25 are known: a quarter nat is too little.
        new(Measures.ShareLost(Removal, First), new[] { 0.4, 2.5 / 4.5, 1 }, "share lost(Top 5 %, First)", 0.02),
        new(Measures.ShareLost(Removal, First) - Measures.ShareLost(Condition.Base, First), new[] { 0.4, 2.5 / 4.5, 1 }, "share lost(Top 5 %, First) - share lost(Base, First)", 0.021),
        new(Gini, new[] { 0.5, 0.25, 0.75 }, "quantity(gini)", 0.01),
        new((Statistic)1.5, new[] { 1.5, 1.5, 1.5 }, "1.5", 0.0),
        new(InFirst + InSecond, new[] { 3, 1.5, 7.75 }, "increase(Top 5 %, First) + increase(Top 5 %, Second)", 0.04),
        new(InFirst - InSecond, new[] { 1, 3.5, 6.25 }, "increase(Top 5 %, First) - increase(Top 5 %, Second)", 0.04),
        new(InFirst - 1, new[] { 1, 1.5, 6 }, "increase(Top 5 %, First) - 1", 0.02),
        new(Measures.MeanOfGroups("family", [("a", InFirst), ("b", InSecond), ("a", Gini)]), new[] { 3.5 / 3, 1.75 / 3, 8.5 / 3 }, "mean by family(increase(Top 5 %, First), increase(Top 5 %, Second), quantity(gini))", 0.05 / 3),
        new(Measures.MeanOfGroups("family", [("a", InFirst), ("b", InSecond)]), new[] { 1.5, 0.75, 3.875 }, "mean by family(increase(Top 5 %, {First | Second}))", 0.02),
        new(1 - Gini, new[] { 0.5, 0.75, 0.25 }, "1 - quantity(gini)", 0.01),
        new(5 * InFirst, new[] { 10, 12.5, 35 }, "5 * increase(Top 5 %, First)", 0.1),
        new(-0.5 * InFirst, new[] { -1, -1.25, -3.5 }, "-0.5 * increase(Top 5 %, First)", 0.01),
        new(Count / 4, new[] { 0.5, 1, 1.5 }, "quantity(count) / 4", 0.75),
        new(Count / -4, new[] { -0.5, -1, -1.5 }, "quantity(count) / -4", 0.75),
        new(InFirst - (InSecond + Gini), new[] { 0.5, 3.25, 5.5 }, "increase(Top 5 %, First) - (increase(Top 5 %, Second) + quantity(gini))", 0.05),
        new(InFirst - (InSecond - Gini), new[] { 1.5, 3.75, 7 }, "increase(Top 5 %, First) - (increase(Top 5 %, Second) - quantity(gini))", 0.05),
        new(InFirst - InSecond - Gini, new[] { 0.5, 3.25, 5.5 }, "increase(Top 5 %, First) - increase(Top 5 %, Second) - quantity(gini)", 0.05),
        new(2 * (InFirst - InSecond), new[] { 2, 7, 12.5 }, "2 * (increase(Top 5 %, First) - increase(Top 5 %, Second))", 0.08),
        new((InFirst + InSecond) / 2, new[] { 1.5, 0.75, 3.875 }, "(increase(Top 5 %, First) + increase(Top 5 %, Second)) / 2", 0.02),
        new(Measures.Mean([InFirst, InSecond]), new[] { 1.5, 0.75, 3.875 }, "mean(increase(Top 5 %, {First | Second}))", 0.02),
        new(Measures.Mean([InFirst, Count]), new[] { 2, 3.25, 6.5 }, "mean(increase(Top 5 %, First), quantity(count))", 1.51),
        new(Measures.Max([InFirst, InSecond, Gini]), new[] { 2, 2.5, 7 }, "max(increase(Top 5 %, First), increase(Top 5 %, Second), quantity(gini))", 0.02),
        new(Measures.Max([Gini, Count]), new[] { 2.0, 4, 6 }, "max(quantity({gini | count}))", 3.0),
        new(Measures.Median([InFirst, InSecond, Gini]), new[] { 1, 0.25, 0.75 }, "median(increase(Top 5 %, First), increase(Top 5 %, Second), quantity(gini))", 0.02),
        new(Measures.Median([InFirst, InSecond, Gini, Count]), new[] { 1.5, 1.375, 3.375 }, "median(increase(Top 5 %, First), increase(Top 5 %, Second), quantity(gini), quantity(count))", 3.0),
    ];

    [TestCaseSource(nameof(Expressions))]
    public void It_has_a_number_for_each_resample_words_and_a_tolerance(Statistic statistic, double[] numbers, string words, double tolerance)
    {
        double[] found = statistic.Evaluate(Three);
        found.Should().HaveCount(3);
        for (int i = 0; i < 3; i++)
            found[i].Should().BeApproximately(numbers[i], 1e-12);
        statistic.ToString().Should().Be(words);
        string.Concat(statistic.Words).Should().Be(words);
        statistic.Tolerance(Tolerances).Should().BeApproximately(tolerance, 1e-12);
    }

    [Test]
    public void The_largest_of_parts_is_not_known_where_one_of_them_is_not()
    {
        HandMadeMeasurements measured = new((_, _) => [0]) { Count = 1, Numbers = id => id == "gini" ? [double.NaN] : [2] };
        Measures.Max([Gini, Count]).Evaluate(measured).Should().Equal(double.NaN);
        Measures.Max([Count, Gini]).Evaluate(measured).Should().Equal(double.NaN);
    }

    [Test]
    public void Of_what_is_hardly_known_no_share_is_lost_or_kept()
    {
        double[] lost = Measures.ShareLost(Removal, Second).Evaluate(Three);
        lost[..2].Should().Equal(0.2, -0.2);
        lost[2].Should().Be(double.NaN, "a quarter nat is known");
        Measures.ShareLost(Removal, First).Evaluate(new HandMadeMeasurements((condition, _) => condition == Condition.Base ? 7 : 7.5)).Should().Equal(0.5);
        Measures.ShareLost(Removal, First).Evaluate(new HandMadeMeasurements((condition, _) => condition == Condition.Base ? 3 : double.PositiveInfinity)).Should().Equal(1);
    }

    [Test]
    public void Evaluating_does_not_touch_the_measurements_own_arrays()
    {
        double[] kept = [5, 1];
        HandMadeMeasurements shared = new((_, _) => kept) { Count = 2 };
        Statistic statistic = Measures.Median([Measures.LogPerplexity(Removal, First), Measures.LogPerplexity(Removal, Second), 3]);
        statistic.Evaluate(shared).Should().Equal(5, 1);
        (-1 * Measures.LogPerplexity(Removal, First)).Evaluate(shared).Should().Equal(-5, -1);
        kept.Should().Equal(5, 1);
    }

    [Test]
    public void A_number_that_is_missing_makes_no_number_of_all_that_read_it()
    {
        HandMadeMeasurements none = new((_, _) => double.NaN);
        Statistic[] all = [InFirst, InFirst + 1, 1 - InFirst, 2 * InFirst, InFirst / 2, Measures.Mean([InFirst, 1]), Measures.ExcessOverUniform(Removal, First), Measures.ShareLost(Removal, First), Measures.PerDocument(InFirst, First), Measures.PerDocument(1, First), Gini];
        all.Should().AllSatisfy(s => s.Evaluate(none).Should().ContainSingle().Which.Should().Be(double.NaN));
    }

    [Test]
    public void It_reads_the_base_beside_what_it_is_compared_with_and_nothing_twice()
    {
        Measures.LogPerplexity(Removal, First).Cells.Should().Equal((Removal, First));
        InFirst.Cells.Should().Equal((Removal, First), (Condition.Base, First));
        Measures.ShareLost(Removal, Second).Cells.Should().Equal((Removal, Second), (Condition.Base, Second));
        Measures.ExcessOverUniform(Removal, Second).Cells.Should().Equal((Removal, Second), (Condition.Base, Second));
        (Measures.Mean([InFirst, InSecond, InFirst]) - (2 * InFirst / 3)).Cells.Should().Equal((Removal, First), (Condition.Base, First), (Removal, Second), (Condition.Base, Second));
        (Gini + 1).Cells.Should().BeEmpty();
        Measures.PerDocument(InFirst, Second).Cells.Should().Equal((Removal, First), (Condition.Base, First), (Condition.Base, Second));
    }

    [Test]
    public void Its_quantities_are_those_of_all_its_parts()
    {
        (Measures.Max([Gini, Count]) - (2 * Gini) + InFirst).QuantityIds.Should().Equal("gini", "count");
        (InFirst / 2).QuantityIds.Should().BeEmpty();
    }

    [Test]
    public void Its_parts_are_the_expressions_it_was_made_of()
    {
        (InFirst - Gini).Parts.Should().Equal(InFirst, Gini);
        (3 * InFirst).Parts.Should().Equal(InFirst);
        (InFirst / 3).Parts.Should().Equal(InFirst);
        Measures.Mean([InFirst, Gini]).Parts.Should().Equal(InFirst, Gini);
        InFirst.Parts.Should().BeEmpty();
    }

    [Test]
    public void Equal_expressions_are_equal()
    {
        Statistic Made() => Measures.Mean([5 * Measures.Increase(new RegionRemoval(RegionKind.Top, 0.05), new TestText("aa", "First")), Gini - 1]) / 2;
        Made().Should().Be(Made());
        Made().GetHashCode().Should().Be(Made().GetHashCode());
    }

    [Test]
    public void Expressions_that_differ_anywhere_are_not_equal()
    {
        Statistic[] all =
        [
            InFirst, InSecond, Measures.LogPerplexity(Removal, First), Measures.ExcessOverUniform(Removal, First), Measures.ShareLost(Removal, First), Measures.Increase(new RegionRemoval(RegionKind.Top, 0.03), First),
            Gini, Count, 1, 2, InFirst + Gini, Gini + InFirst, InFirst - Gini, 2 * InFirst, 3 * InFirst, InFirst / 2, InFirst / 3,
            Measures.Mean([InFirst, Gini]), Measures.Max([InFirst, Gini]), Measures.Median([InFirst, Gini]), Measures.Mean([Gini, InFirst]), Measures.Mean([InFirst]),
        ];
        all.Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void A_claim_says_in_its_statistics_words_what_its_rows_are()
    {
        HandMadeClaim.Of("same form", Bound.Above(0), new ClaimRow("a", InFirst), new ClaimRow("b", InSecond)).Statistic.Should().Be("increase(Top 5 %, {First | Second})");
        HandMadeClaim.Of("two forms", Bound.Above(0), new ClaimRow("a", InFirst), new ClaimRow("b", Gini)).Statistic.Should().Be("increase(Top 5 %, First); quantity(gini)");
    }

    [Test]
    public void A_claim_reads_what_its_rows_and_its_gate_read()
    {
        RegionRemoval control = new(RegionKind.Bottom, 0.05);
        Claim claim = HandMadeClaim.Of("reads", Bound.Above(0), new ClaimRow("a", InFirst - Gini), new ClaimRow("b", InSecond - Gini)) with { Gate = [new GateCondition("control", control, 0.5)] };
        claim.Texts.Should().Equal(First, Second);
        claim.Conditions.Should().Equal(Removal, Condition.Base, control);
        claim.QuantityIds.Should().Equal("gini");
    }
}
