using Repro.Papers.LinguisticRegions.Audit;
using Repro.Papers.LinguisticRegions.Audit.Rules;

namespace Repro.Papers.LinguisticRegions.Tests.Audit;

public sealed class ScoresTests
{
    [Test]
    public void Robust_scores_count_deviations_from_the_median() =>
        Scores.Robust([.. Enumerable.Range(1, 11).Select(n => (double)n)])![10].Should().BeApproximately(5 / (1.4826 * 3), 1e-12);

    [Test]
    public void A_small_group_or_one_of_equal_numbers_has_no_scores()
    {
        Scores.Robust([.. Enumerable.Range(0, Scores.SmallestGroup - 1).Select(n => (double)n)]).Should().BeNull();
        Scores.Robust([.. Enumerable.Repeat(1.0, 20), 5]).Should().BeNull();
    }

    [TestCase("343498", 0.03125f)]
    [TestCase("254772480", 16f)]
    public void Float32_spacing_grows_with_the_number(string value, float spacing) =>
        Float32.Spacing(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).Should().Be(spacing);
}
