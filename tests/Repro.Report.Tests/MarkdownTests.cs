using Repro.Report.Markdown;

namespace Repro.Report.Tests;

/// <summary>report.md.</summary>
public sealed class MarkdownTests
{
    [Test]
    public void The_matrix_has_a_row_for_each_claim_and_a_column_for_each_checkpoint()
    {
        string page = MarkdownReport.Of(SampleResults.Three);
        page.Should().Contain(
            "| Table 14 | Removing the top 3 percent destroys every language | ✓ holds | ✓ holds | ✗ fails (expected: holds) | – |");
    }

    [Test]
    public void What_the_papers_own_numbers_say_stands_in_the_matrix_and_in_full_with_the_claim()
    {
        string page = MarkdownReport.Of(SampleResults.One);
        page.Should().Contain("| Table 14 | Removing the bottom 3 percent changes no language | ✗ fails | \\~ inconclusive (expected: holds) |");
        page.Should().Contain("**The paper's own numbers: ✗ fails.** 1 of 2 printed rows, Table 14 prints more \\<for Arabic\\>.");
        page.Should().Contain("**The paper's own numbers: – no number.** The paper prints no number.");
    }

    [Test]
    public void A_checkpoint_that_could_not_be_verified_is_there_with_its_sentence() =>
        MarkdownReport.Of(SampleResults.Three).Should().Contain("lost: not verified. No checkpoint at");

    [Test]
    public void Claims_that_hold_are_counted_by_kind_beside_what_would_by_chance() =>
        MarkdownReport.Of(SampleResults.One).Should().Contain("(effects 2 of 5 hold)").And.Contain("Were none of the 5 effects there, at most 0.3 of them would hold by chance");

    [Test]
    public void A_name_stays_text()
    {
        string page = MarkdownReport.Of(SampleResults.Three);
        page.Should().Contain("\\<script\\>").And.NotMatchRegex(@"(?<!\\)<");
        page.Split('\n').Where(l => l.StartsWith('|')).Should().AllSatisfy(l => l.Should().EndWith("|"), "no cell breaks its row");
    }

    [Test]
    public void Every_row_of_a_claim_is_in_its_table() =>
        MarkdownReport.Of(SampleResults.One).Should().Contain("| Arabic | 7.500 | 1.200\u00A0\\[1.000,\u00A01.400\\] | \\> 0 | ✓ holds |");
}
