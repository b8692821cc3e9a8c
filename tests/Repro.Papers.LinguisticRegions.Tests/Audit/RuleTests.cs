using Repro.Papers.LinguisticRegions.Audit;
using Repro.Papers.LinguisticRegions.Published;

namespace Repro.Papers.LinguisticRegions.Tests.Audit;

/// <summary>Every rule on a made-up paper, clean and with one number changed.</summary>
public sealed class RuleTests
{
    private static readonly PublishedPaper Clean = HandMade.Paper();

    private static IEnumerable<string> Names => PaperAudit.Rules.Select(r => r.Name);

    private static IEnumerable<TestCaseData> Breaks =>
    [
        Break("base-repeats", 5, "Chinese", "7B.Base", v => v + 0.1m),
        Break("setting-repeats", 14, "Arabic", "7B.3%.100K.Top", v => v + 1),
        Break("one-random-draw", 14, "German", "7B.3%.100K.Random", v => v - 1),
        Break("below-base", 14, "German", "13B.3%.100K.Bottom", v => Scale(v, 0.98)),
        Break("dose", 16, "Greek", "7B.5%.100K.Top", v => Scale(v, 0.4)),
        Break("dose", 14, "Greek", "7B.3%.100K.Random", v => Scale(v, 0.87)),
        Break("dose", 7, "LLaMA-2-7B, 100K, 5", "Random", v => Scale(v, 0.95)),
        Break("training", 2, "English (Falcon), 200K", "Top & Freeze", v => Scale(v, 10)),
        Break("identical-cells", 15, "Czech", "7B.3%.10K.Top", _ => Clean.Cell(14, "Czech", "7B.3%.100K.Top")),
        Break("weak-effect", 16, "Russian", "7B.1%.100K.Random", _ => Clean.Cell(16, "Russian", "7B.1%.100K.Base") + 0.005m),
        Break("outlier", 16, "Hungarian", "7B.1%.100K.Top", v => Scale(v, 0.02)),
        Break("outlier", 14, "Malay", "13B.3%.100K.Random", v => Scale(v, 1.3)),
        Break("twin", 14, "Malayalam", "13B.3%.100K.Top", v => Scale(v, 0.2)),
        Break("lost-decimals", 16, "Dutch", "7B.1%.100K.Top", decimal.Truncate),
        Break("not-a-float32", 14, "Danish", "7B.3%.100K.Top", _ => 50_000.002m),
        Break("claimed-bound", 1, "Persian", "13B.3%.100K.Top", _ => 39_999.5m),
        Break("all-lost", 14, "Finnish", "7B.3%.100K.Top", _ => 31_999.5m),
        Break("harmless", 14, "Polish", "7B.3%.100K.Bottom", v => Scale(v, 1.06)),
        Break("harmless", 16, "Polish", "7B.5%.100K.Random", v => Scale(v, 3)),
        Break("recovery", 2, "English (Falcon), 200K", "Top & Unfreeze", v => Scale(v, 10)),
        Break("top-dimensions", 7, "LLaMA-2-13B, 10K, 10", "Top", _ => 5.7m),
        Break("second-setting", 8, "LLaMA-2-13B, 10K, 10", "Top", _ => 30.5m),
    ];

    [TestCaseSource(nameof(Names))]
    public void A_rule_is_silent_on_the_clean_paper(string rule) => Find(rule, Clean).Should().BeEmpty();

    [TestCaseSource(nameof(Breaks))]
    public void A_rule_reports_the_one_number_that_breaks_it(string rule, int table, string row, string column, Func<decimal, decimal> change)
    {
        PublishedPaper broken = Clean.With(table, row, column, change);
        Finding found = Find(rule, broken).Should().ContainSingle().Subject;
        found.Table.Should().Be(table);
        found.Where.Should().Be($"{row}, {column}");
        found.Value.Should().StartWith(broken.Cell(table, row, column).ToString(System.Globalization.CultureInfo.InvariantCulture));
        found.Expected.Should().NotBeEmpty();
    }

    [TestCase("Arabic", "Persian")]
    [TestCase("Russian", "Italian")]
    public void A_caption_that_highlights_strangers_is_reported(string one, string other)
    {
        Finding found = Find("caption", Clean.With(5, t => t with { Highlighted = [one, other] })).Should().ContainSingle().Subject;
        found.Should().BeEquivalentTo(new { Table = 5, Value = $"{one}, {other}", Expected = "Russian, Ukrainian, the Russian region's family" });
    }

    [Test]
    public void A_caption_that_highlights_the_family_is_reported_where_another_language_is_hurt_more() =>
        Find("caption", Clean.With(5, "Korean", "7B.10K.Top", v => Scale(v, 3))).Should().ContainSingle().Which.Expected.Should().Contain("Korean").And.Contain("hurt most");

    [TestCase("cited-number", "cited", 83224)]
    [TestCase("claimed-improvement", "frozen", 3.6)]
    public void A_text_that_contradicts_its_numbers_is_reported(string rule, string what, decimal value)
    {
        Finding found = Find(rule, Clean.With(what, value)).Should().ContainSingle().Subject;
        found.Table.Should().BeNull();
        found.Where.Should().Contain(what);
    }

    [Test]
    public void Every_rule_has_a_case_that_breaks_it() =>
        Breaks.Select(b => (string)b.Arguments[0]!).Concat(["caption", "cited-number", "claimed-improvement"]).Distinct().Should().BeEquivalentTo(Names);

    [Test]
    public void A_column_that_mostly_breaks_a_rule_is_one_finding_with_the_worst_row()
    {
        PublishedPaper broken = Clean;
        foreach (string language in Clean.Tables.Single(t => t.Table == 16).Rows.Select(r => r.Key[0]))
            broken = broken.With(16, language, "7B.1%.100K.Top", v => Scale(v, language == "Greek" ? 500 : 100));
        Finding[] found = [.. Find("dose", broken).Where(f => f.Table == 16)];
        found.Should().ContainSingle().Which.Where.Should().StartWith("Greek");
        found[0].Expected.Should().Contain("the worst of 30 of 30 rows");
    }

    [Test]
    public void Two_random_draws_are_no_oddity()
    {
        PublishedPaper redrawn = Clean;
        foreach (string language in Clean.Tables.Single(t => t.Table == 15).Rows.Select(r => r.Key[0]))
            redrawn = redrawn.With(15, language, "7B.3%.10K.Random", v => v + 0.01m);
        Find("one-random-draw", redrawn).Should().BeEmpty();
    }

    [Test]
    public void An_unusual_language_is_no_oddity_where_another_column_repeats_it() =>
        Find("outlier", Clean.With(14, "Tamil", "7B.3%.100K.Top", v => Scale(v, 5)).With(15, "Tamil", "7B.3%.10K.Top", v => Scale(v, 4))).Should().BeEmpty();

    private static IEnumerable<Finding> Find(string rule, PublishedPaper paper) => PaperAudit.Rules.Single(r => r.Name == rule).Find(new AuditedPaper(paper));

    private static TestCaseData Break(string rule, int table, string row, string column, Func<decimal, decimal> change) =>
        new TestCaseData(rule, table, row, column, change).SetArgDisplayNames(rule, $"Table {table}", row, column);

    private static decimal Scale(decimal value, double factor) => HandMade.Printed((double)value * factor);
}
