using Repro.Papers.LinguisticRegions.Audit;

namespace Repro.Papers.LinguisticRegions.Tests.Audit;

/// <summary>What the audit finds in the paper itself.</summary>
public sealed class PublishedOdditiesTests
{
    private static readonly IReadOnlyList<Finding> Findings = PaperAudit.Run(Project.Published);

    [TestCase("base-repeats", 1, "Chinese, 7B.3%.100K.Base", "8.652", "8.562")]
    [TestCase("base-repeats", 14, "Chinese, 7B.3%.100K.Base", "8.652", "Tables 5, 9, 10, 11, 12, 13")]
    [TestCase("base-repeats", 15, "Chinese, 7B.3%.10K.Base", "8.652", "8.562")]
    [TestCase("base-repeats", 16, "Chinese, 7B.1%.100K.Base", "8.652", "8.562")]
    [TestCase("base-repeats", 4, "none, none, 13B.Chinese", "5.865", "7.838")]
    [TestCase("one-random-draw", 14, "German, 7B.3%.100K.Random", "15.404", "21.404, as in Table 15")]
    [TestCase("below-base", 14, "German, 7B.3%.100K.Random", "15.404", "18.355")]
    [TestCase("caption", 5, "caption, highlighted languages", "Arabic, Persian", "Russian, Ukrainian")]
    [TestCase("weak-effect", 16, "Russian, 7B.1%.100K.Random", "12.067", "12.062")]
    [TestCase("outlier", 14, "Malayalam, 13B.3%.100K.Top", "16990.266", "median")]
    [TestCase("twin", 14, "Malayalam, 13B.3%.100K.Top", "16990.266", "131629.438 of 10K in Table 15")]
    [TestCase("outlier", 16, "Hungarian, 7B.1%.100K.Top", "130584", "median")]
    [TestCase("lost-decimals", 16, "Hungarian, 7B.1%.100K.Top", "130584", "1/128")]
    [TestCase("dose", 16, "Chinese, 7B.5%.100K.Top", "156026.938 (775 times less)", "120887480, as at 1 %")]
    [TestCase("lost-decimals", 2, "English (Falcon), 5K, Top & Freeze", "343498", "1/32")]
    [TestCase("not-a-float32", 2, "English (Falcon), 2K, Top & Freeze", "158431.282", "158431.281")]
    [TestCase("twin", 3, "LLaMA-2-13B, 100K, 10, Random", "6.992", "5.993")]
    [TestCase("identical-cells", 6, "Chinese (Wechat), 2K, Top & Unfreeze", "6.05", "Table 2")]
    public void A_known_oddity_is_found(string rule, int table, string where, string value, string expected) =>
        Findings.Should().ContainSingle(f => f.Rule == rule && f.Table == table && f.Where == where)
            .Which.Should().Match<Finding>(f => f.Value.StartsWith(value, StringComparison.Ordinal) && f.Expected.Contains(expected, StringComparison.Ordinal));

    [TestCase("base-repeats", 5)]
    [TestCase("setting-repeats", 0)]
    [TestCase("one-random-draw", 1)]
    [TestCase("below-base", 11)]
    [TestCase("dose", 12)]
    [TestCase("training", 3)]
    [TestCase("identical-cells", 2)]
    [TestCase("weak-effect", 3)]
    [TestCase("outlier", 4)]
    [TestCase("twin", 4)]
    [TestCase("lost-decimals", 3)]
    [TestCase("not-a-float32", 1)]
    [TestCase("caption", 1)]
    [TestCase("cited-number", 0)]
    [TestCase("claimed-bound", 0)]
    [TestCase("claimed-improvement", 0)]
    [TestCase("all-lost", 10)]
    [TestCase("harmless", 1)]
    [TestCase("recovery", 2)]
    [TestCase("top-dimensions", 0)]
    [TestCase("second-setting", 0)]
    public void A_rule_finds_as_many_places_as_before(string rule, int count) => Findings.Count(f => f.Rule == rule).Should().Be(count);

    [Test]
    public void Every_finding_belongs_to_a_rule_and_the_rules_have_different_names()
    {
        PaperAudit.Rules.Select(r => r.Name).Should().OnlyHaveUniqueItems();
        Findings.Select(f => f.Rule).Should().BeSubsetOf(PaperAudit.Rules.Select(r => r.Name));
    }

    [Test]
    public void Findings_come_by_table_and_in_the_same_order_every_time()
    {
        Findings.Select(f => f.Table ?? int.MaxValue).Should().BeInAscendingOrder();
        PaperAudit.Run(Project.Published).Should().Equal(Findings);
    }

    [Test]
    public void No_cell_is_reported_twice_by_one_rule() => Findings.Select(f => (f.Rule, f.Table, f.Where)).Should().OnlyHaveUniqueItems();

    [Test]
    public void Every_rule_describes_itself_in_one_sentence() =>
        PaperAudit.Rules.Should().OnlyContain(r => r.Description.EndsWith('.') && !r.Description.Contains(". ", StringComparison.Ordinal));
}
