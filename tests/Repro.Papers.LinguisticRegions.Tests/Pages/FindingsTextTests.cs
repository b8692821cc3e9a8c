using Repro.Papers.LinguisticRegions.Audit;
using Repro.Papers.LinguisticRegions.Pages;

namespace Repro.Papers.LinguisticRegions.Tests.Pages;

public sealed class FindingsTextTests
{
    [Test]
    public void A_finding_wraps_within_its_columns_and_keeps_percentages_whole()
    {
        string text = FindingsText.Of([new Finding("twin", 14, "Malayalam, 13B.3%.100K.Top", "16990.266", "near its twin 131629.438 of 10K in Table 15, far above 1 %")]);
        text.Split('\n').Should().Equal(
            "table  cell                        rule  value      expected",
            "14     Malayalam, 13B.3%.100K.Top  twin  16990.266  near its twin 131629.438 of",
            "                                                    10K in Table 15, far above",
            "                                                    1 %",
            "",
            $"1 findings by 1 of {PaperAudit.Rules.Count} rules: twin 1",
            "");
    }

    [Test]
    public void The_whole_audit_fits_in_80_columns() =>
        FindingsText.Of(PaperAudit.Run(Project.Published)).Split('\n').Should().OnlyContain(line => line.Length <= 80);

    [Test]
    public void A_finding_of_the_text_has_no_table()
    {
        Finding[] findings = [new("cited-number", null, "Section 3.2", "1", "2")];
        FindingsText.Of(findings).Split('\n')[1].Should().StartWith("text   Section 3.2");
        FindingsText.Json(findings).Should().Contain("\"table\": null");
    }
}
