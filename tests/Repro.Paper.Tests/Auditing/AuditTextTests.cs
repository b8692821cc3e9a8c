using Repro.Paper.Auditing;
using Repro.Paper.Auditing.Rules;

namespace Repro.Paper.Tests.Auditing;

public sealed class AuditTextTests
{
    [Test]
    public void A_finding_wraps_within_its_columns()
    {
        string text = AuditText.Of([new Finding("twin", 14, "Malayalam, 13B.3%.100K.Top", "16990.266", "near its twin 131629.438 of 10K in Table 15, at 1 %")]);
        text.Split('\n')[2..^1].Should().Equal(
            "14     Malayalam, 13B.3%.100K.Top     twin             16990.266          near its twin 131629.438",
            "                                                                          of 10K in Table 15, at 1 %",
            $"1 findings by 1 of {PaperAudit.Rules.Count} rules: twin 1");
    }

    [Test]
    public void The_whole_audit_fits_in_100_columns() =>
        AuditText.Of(PaperAudit.Run(Project.Published)).Split('\n').Should().OnlyContain(line => line.Length <= 100);

    [Test]
    public void A_finding_of_the_text_has_no_table()
    {
        Finding[] findings = [new("cited-number", null, "Section 3.2", "1", "2")];
        AuditText.Of(findings).Split('\n')[2].Should().StartWith("text   Section 3.2");
        AuditText.Json(findings).Should().Contain("\"table\": null");
    }

    [TestCase("a bb ccc", 4, "a bb", "ccc")]
    [TestCase("abcdef g", 4, "abcd", "ef g")]
    [TestCase("", 4, "")]
    [TestCase("fall 3 %", 7, "fall", "3 %")]
    public void A_text_breaks_at_blanks_and_keeps_percentages_whole(string text, int width, params string[] lines) =>
        AuditText.Wrap(text, width).Should().Equal(lines);

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
