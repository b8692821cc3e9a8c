using Repro.Harness.Claims;
using Repro.Harness.Reporting;
using Repro.Report.Findings;

namespace Repro.Report.Tests;

/// <summary>The sentence that says what was found.</summary>
public sealed class FoundSentenceTests
{
    private const char Blank = '\u00A0';

    [Test]
    public void A_claim_that_holds_names_its_closest_row() =>
        Found(VerdictKind.Holds, Row("Arabic", 0.9, VerdictKind.Holds), Row("Italian", 0.6, VerdictKind.Holds)).Should()
            .Be($"Increase of nats per token: above 0 in all 2 rows; closest to the bound is Italian with 0.600{Blank}[0.500,{Blank}0.700] (paper{Blank}7.500).");

    [Test]
    public void A_claim_that_fails_names_a_row_that_fails_though_another_is_more_uncertain() =>
        Found(VerdictKind.Fails, Row("Arabic", -0.3, VerdictKind.Fails), Row("Italian", 0.1, VerdictKind.Inconclusive) with { Margin = -2 }, Row("Greek", 1, VerdictKind.Holds)).Should()
            .Be($"Increase of nats per token: above 0 in 1 of 3 rows, not in 1, undecided in 1; furthest off is Arabic with -0.300{Blank}[-0.400,{Blank}-0.200] (paper{Blank}7.500).");

    [Test]
    public void A_claim_of_one_number_says_what_is_needed() =>
        Found(VerdictKind.Holds, Row("Arabic", 0.9, VerdictKind.Holds)).Should().Be($"Increase of nats per token: above 0 is needed, measured 0.900{Blank}[0.800,{Blank}1.000] (paper{Blank}7.500).");

    [Test]
    public void A_gate_that_did_not_pass_is_the_reason() =>
        FoundSentence.Of(Verdict(VerdictKind.Inconclusive, Row("Arabic", 0.9, VerdictKind.Holds)) with { Reason = "the numbers fit, but the gate 'BOS first' did not pass" }).Should()
            .Be("The numbers fit, but the gate 'BOS first' did not pass.");

    [Test]
    public void A_claim_without_rows_says_why() => FoundSentence.Of(Verdict(VerdictKind.NotApplicable) with { Reason = "the corpus lacks Thai" }).Should().Be("The corpus lacks Thai.");

    [Test]
    public void Several_checkpoints_are_said_side_by_side()
    {
        ReportedVerdict one = Verdict(VerdictKind.Holds, Row("Arabic", 0.9, VerdictKind.Holds));
        ReportedVerdict other = Verdict(VerdictKind.Fails, Row("Arabic", -0.9, VerdictKind.Fails));
        FoundSentence.Across(new JudgedClaim(one, [one, null, other])).Should().Be($"Holds on 1, fails on 1. Increase of nats per token, Arabic: 0.900 and -0.900 (paper{Blank}7.500).");
    }

    [TestCase(VerdictKind.Holds, "", "2 of 2 printed rows.")]
    [TestCase(VerdictKind.Fails, "Table 0 prints more for Arabic", "1 of 2 printed rows, Table 0 prints more for Arabic.")]
    [TestCase(VerdictKind.NotApplicable, "", "The paper prints no number.")]
    public void What_the_papers_own_numbers_say_is_a_sentence_with_its_reason(VerdictKind kind, string why, string sentence) =>
        FoundSentence.Of(new PaperOutcome(kind, kind == VerdictKind.Fails ? 1 : 0, 2, why)).Should().Be(sentence);

    private static string Found(VerdictKind kind, params VerdictRow[] rows) => FoundSentence.Of(Verdict(kind, rows));

    private static ReportedVerdict Verdict(VerdictKind kind, params VerdictRow[] rows) =>
        new("id", "Table 1", "table-01", "A sentence", ClaimKind.Effect, "increase of nats per token", 0, null, "", new PaperOutcome(VerdictKind.Holds, 0, 1, ""), kind, null, "", 0.95, rows, []);

    private static VerdictRow Row(string label, double value, VerdictKind kind) => new(label, 7.5, value, value - 0.1, value + 0.1, value - 0.1, kind);
}
