using Repro.Harness.Claims;

namespace Repro.Harness.Tests.Claims;

/// <summary>Student's interval of a statistic whose spread has several causes.</summary>
public sealed class StudentSpreadTests
{
    [Test]
    public void One_cause_has_the_quantiles_of_tables()
    {
        // t of 2 degrees with 5 % above is 2.920, of 18 degrees 1.734.
        new StudentSpread(1, [new ErrorPart(4, 2)]).Interval(0.05).High.Should().BeApproximately(1 + (2 * 2.920), 1e-3);
        new StudentSpread(1, [new ErrorPart(4, 18)]).Interval(0.05).Low.Should().BeApproximately(1 - (2 * 1.734), 1e-3);
        new StudentSpread(1, [new ErrorPart(4, double.PositiveInfinity)]).Interval(0.05).Low.Should().BeApproximately(1 - (2 * 1.645), 1e-3);
    }

    [Test]
    public void Several_causes_have_a_quantile_each_and_their_squares_add_up() =>
        new StudentSpread(0, [new ErrorPart(9, 18), new ErrorPart(16, 2)]).Interval(0.05).High.Should().BeApproximately(Math.Sqrt((9 * 1.734 * 1.734) + (16 * 2.920 * 2.920)), 1e-2);

    [Test]
    public void Without_spread_it_has_no_width_and_of_a_lost_model_it_is_no_number()
    {
        new StudentSpread(3, [new ErrorPart(0, 19), new ErrorPart(0, 2)]).Interval(0.05).Should().Be(new Engine.Evaluation.Interval(3, 3, 3));
        double.IsNaN(new StudentSpread(double.NaN, [new ErrorPart(double.NaN, 2)]).Interval(0.05).Low).Should().BeTrue();
    }
}
