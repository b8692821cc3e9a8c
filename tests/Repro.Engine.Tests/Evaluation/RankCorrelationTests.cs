using FsCheck;
using FsCheck.Fluent;
using Repro.Engine.Evaluation;
using Repro.Engine.Tests.Support;

namespace Repro.Engine.Tests.Evaluation;

public sealed class RankCorrelationTests
{
    private const double Tolerance = 1e-12;

    // Few distinct values, so that most sequences have ties.
    private static Arbitrary<(double X, double Y)[]> Pairs { get; } = (
        from length in Gen.Choose(2, 12)
        from xs in Gen.Choose(-4, 4).ArrayOf(length)
        from ys in Gen.Choose(-4, 4).ArrayOf(length)
        where xs.Distinct().Count() > 1 && ys.Distinct().Count() > 1
        select xs.Zip(ys, (x, y) => ((double)x, (double)y)).ToArray()).ToArbitrary();

    [Test]
    public void Without_ties_it_follows_spearmans_formula() =>
        // Rank differences 1, 1, 1, 1, 0: 1 − 6 · 4 / (5 · 24).
        RankCorrelation.Of([10, 20, 30, 40, 50], [0.2, 0.1, 0.4, 0.3, 7]).Should().BeApproximately(0.8, Tolerance);

    [Test]
    public void Equal_values_share_their_mean_rank() =>
        // Ranks 1, 2½, 2½, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5).
        RankCorrelation.Of([1, 2, 2, 3], [5, 6, 7, 8]).Should().BeApproximately(Math.Sqrt(0.9), Tolerance);

    [Test]
    public void Ties_on_both_sides_are_ranked_on_their_own() =>
        // Ranks 1½, 1½, 3, 4½, 4½ against 2, 2, 2, 5, 4: products 1.5 + 1.5 + 0 + 3 + 1.5 over √(9 · 8).
        RankCorrelation.Of([1, 1, 2, 3, 3], [0, 0, 0, 9, 8]).Should().BeApproximately(7.5 / Math.Sqrt(72), Tolerance);

    [Test]
    public void The_same_order_gives_1_and_the_opposite_minus_1()
    {
        RankCorrelation.Of([1, 5, 2], [-1e300, 1e300, 0]).Should().Be(1);
        RankCorrelation.Of([1, 5, 2], [9, -3, 4]).Should().Be(-1);
    }

    [Test]
    public void A_constant_sequence_has_no_correlation()
    {
        RankCorrelation.Of([3, 3, 3], [1, 2, 3]).Should().Be(double.NaN);
        RankCorrelation.Of([1, 2, 3], [3, 3, 3]).Should().Be(double.NaN);
        RankCorrelation.Of([1], [2]).Should().Be(double.NaN);
    }

    [Test]
    public void Sequences_of_different_lengths_are_refused() =>
        FluentActions.Invoking(() => RankCorrelation.Of([1, 2], [1, 2, 3])).Should().Throw<ArgumentException>().WithMessage("*same length*");

    [Test]
    public void It_is_symmetric_and_lies_between_minus_1_and_1() => Pairs.Hold(pairs =>
        Of(pairs) == RankCorrelation.Of([.. pairs.Select(p => p.Y)], [.. pairs.Select(p => p.X)]) && Math.Abs(Of(pairs)) <= 1 + Tolerance);

    [Test]
    public void A_rising_map_changes_nothing() => Pairs.Hold(pairs => Of([.. pairs.Select(p => (Math.Exp(3 * p.X), Math.Pow(p.Y, 3) - 100))]) == Of(pairs));

    [Test]
    public void A_falling_map_changes_the_sign() => Pairs.Hold(pairs => Math.Abs(Of([.. pairs.Select(p => (-p.X, p.Y))]) + Of(pairs)) < Tolerance);

    [Test]
    public void The_order_of_the_pairs_does_not_matter() => Pairs.Hold(pairs => Math.Abs(Of([.. pairs.Reverse()]) - Of(pairs)) < Tolerance);

    private static double Of((double X, double Y)[] pairs) => RankCorrelation.Of([.. pairs.Select(p => p.X)], [.. pairs.Select(p => p.Y)]);
}
