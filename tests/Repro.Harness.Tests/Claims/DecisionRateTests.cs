using Repro.Engine.Evaluation;
using Repro.Engine.Seeds;
using Repro.Harness.Claims;
using Repro.Harness.Measuring;
using Repro.Harness.Profiles;
using Repro.Harness.Tests.Measuring;
using Repro.Harness.Tests.Profiles;
using Repro.Harness.Texts;

namespace Repro.Harness.Tests.Claims;

/// <summary>How often claims are decided wrongly, in simulated worlds whose truth is known: documents and draws are both drawn from a population.</summary>
public sealed class DecisionRateTests
{
    private const double OnBound = 1;
    private const double FarInside = 20;

    // Standard deviations of what a document, a draw, and both together add to the increase. Those of the means over 12 documents and 6 draws are near each other.
    private const double OfDocument = 0.4;
    private const double OfDraw = 0.25;
    private const double OfBoth = 0.2;

    private static readonly RegionRemoval Random = new(RegionKind.Random, 0.05);
    private static readonly int[] RowCounts = [1, 11, 30];

    [TestCase(3)]
    [TestCase(6)]
    [TestCase(19)]
    public void A_claim_of_which_one_row_lies_on_the_bound_and_the_others_well_inside_holds_by_chance_only(int draws)
    {
        Simulation simulation = new(draws, [OnBound, OnBound + FarInside]) { Worlds = 600 };
        Bound range = new(OnBound, OnBound + (2 * FarInside));
        double[] rates = simulation.Rates(VerdictKind.Holds, [.. RowCounts.Select(rows => Claimed(Bound.Above(OnBound), rows, i => Math.Min(i, 1))), Claimed(range, 1, i => i)]);
        rates.Should().OnlyContain(r => r < MostErrors(simulation.Worlds)).And.OnlyContain(r => r > 0.02, "rows are not corrected, so that it is not much less than 5 % either");
    }

    [TestCase(3)]
    [TestCase(6)]
    [TestCase(19)]
    public void A_claim_whose_rows_all_lie_on_the_bound_fails_by_chance_only(int draws)
    {
        Simulation simulation = new(draws, [.. Enumerable.Repeat(OnBound, RowCounts[^1])]) { Worlds = 200 };
        simulation.Rates(VerdictKind.Fails, [.. RowCounts.Select(rows => Claimed(Bound.Above(OnBound), rows, i => i))]).Should().OnlyContain(r => r < MostErrors(simulation.Worlds));
    }

    [TestCase(3, 1.5)]
    [TestCase(6, 0.75)]
    [TestCase(19, 0.6)]
    public void A_claim_whose_rows_all_lie_well_inside_mostly_holds_and_one_whose_rows_lie_well_outside_mostly_fails(int draws, double distance)
    {
        const int Rows = 11;
        Claim Of(Bound bound) => Claimed(bound, Rows, i => i);
        Simulation simulation = new(draws, [.. Enumerable.Repeat(OnBound, Rows)]) { Worlds = 100 };
        simulation.Rates(VerdictKind.Holds, Of(Bound.Above(OnBound - distance))).Should().OnlyContain(r => r > 0.8);
        simulation.Rates(VerdictKind.Fails, Of(Bound.Above(OnBound + distance))).Should().OnlyContain(r => r > 0.8);
    }

    [Test]
    public void So_it_is_where_each_draw_was_measured_on_a_share_of_the_documents()
    {
        Simulation simulation = new(19, [OnBound]) { Worlds = 300, Documents = 64, Shares = 4 };
        Claim claim = Claimed(Bound.Above(OnBound), 1, i => i);
        simulation.Rates(VerdictKind.Holds, claim).Should().OnlyContain(r => r < MostErrors(simulation.Worlds));
        simulation.Rates(VerdictKind.Fails, claim).Should().OnlyContain(r => r < MostErrors(simulation.Worlds));
    }

    [Test]
    public void So_it_is_where_only_documents_vary()
    {
        Simulation simulation = new(1, [OnBound]) { Worlds = 1000, Documents = 40, OfDraw = 0 };
        Claim claim = Claimed(Bound.Above(OnBound), 1, i => i);
        simulation.Rates(VerdictKind.Holds, claim).Should().OnlyContain(r => r < MostErrors(simulation.Worlds));
        simulation.Rates(VerdictKind.Fails, claim).Should().OnlyContain(r => r < MostErrors(simulation.Worlds));
    }

    // Three standard deviations above 5 %.
    private static double MostErrors(int worlds) => 0.05 + (3 * Math.Sqrt(0.05 * 0.95 / worlds));

    private static Claim Claimed(Bound bound, int rows, Func<int, int> textOfRow) =>
        HandMadeClaim.Of($"{rows} rows {bound}", bound, [.. Enumerable.Range(0, rows).Select(i => new ClaimRow($"row {i}", Measures.Increase(Random, Text(textOfRow(i)))))]);

    private static TestText Text(int number) => new($"t{number}", $"Text {number}");

    /// <summary>Worlds in which a random removal adds, on average over documents and draws, a known number of nats to each text.</summary>
    private sealed record Simulation(int Draws, double[] Truths)
    {
        private const int Resamples = 200;

        public required int Worlds { get; init; }

        public int Documents { get; init; } = 12;

        public int Shares { get; init; } = 1;

        public double OfDraw { get; init; } = DecisionRateTests.OfDraw;

        /// <summary>In how many of the worlds a verdict is reached of each claim.</summary>
        public double[] Rates(VerdictKind wanted, params Claim[] claims)
        {
            Profile profile = HandMadeProfile.Small with { RandomDraws = Draws, Shares = new(Shares) };
            HandMadeMeasurements paper = new((_, _) => double.NaN);
            bool[][] found =
            [
                .. Enumerable.Range(0, Worlds).AsParallel().Select(world =>
                {
                    ClaimEvaluator evaluator = new(new BootstrapMeasurements(World(world, profile), profile, Resamples));
                    return claims.Select(claim => evaluator.Decide(claim, paper, []).Kind == wanted).ToArray();
                }),
            ];
            double[] rates = [.. claims.Select((_, c) => found.Count(world => world[c]) / (double)Worlds)];
            foreach ((Claim claim, double rate) in claims.Zip(rates))
                TestContext.Out.WriteLine(FormattableString.Invariant($"{Draws} draws, {claim.Id}: {wanted} in {rate:P1} of {Worlds} worlds"));
            return rates;
        }

        // Texts are independent of each other: the most that rows can err together.
        private MeasurementSet World(int seed, Profile profile)
        {
            SplitMix random = new(SplitMix.Derive((ulong)seed, "world"));
            Condition[] drawn = [.. Random.Draws(profile)];
            return (HandMadeSet.Empty with { Shares = profile.Shares }).With(Truths.SelectMany((truth, text) =>
            {
                DocumentScore[] plain = [.. Enumerable.Range(0, Documents).Select(_ => new DocumentScore(20 * (4 + Normal(random)), 20))];
                double[] added = [.. plain.Select(_ => truth + (OfDocument * Normal(random)))];
                return drawn.Select(draw =>
                {
                    double level = OfDraw * Normal(random);
                    DocumentScore[] edited = [.. plain.Zip(added, (d, a) => d with { Nll = d.Nll + (d.Tokens * (a + level + (OfBoth * Normal(random)))) })];
                    return (draw, Text(text), new Measurement(profile.Shares.Of(draw.RandomDraw, edited)));
                }).Prepend((Condition.Base, Text(text), new Measurement(plain))).ToArray();
            }));
        }

        private static double Normal(SplitMix random) => Math.Sqrt(-2 * Math.Log(1 - random.Fraction())) * Math.Cos(2 * Math.PI * random.Fraction());
    }
}
