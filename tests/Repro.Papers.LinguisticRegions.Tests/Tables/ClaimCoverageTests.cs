using System.Globalization;
using Repro.Engine.Files;
using Repro.Harness.Claims;
using Repro.Papers.LinguisticRegions.Profiles;

namespace Repro.Papers.LinguisticRegions.Tests.Tables;

/// <summary>What every claim of the paper has.</summary>
public sealed class ClaimCoverageTests
{
    [Test]
    public void Every_table_decides_a_claim()
    {
        Tested.Tables.Where(t => t.Claims.Count == 0).Select(t => t.Id).Should().BeEmpty();
        Tested.Claims.Should().AllSatisfy(c => c.Table.Should().Be(Tested.Table(c.TableId).Name, c.Id));
    }

    [Test]
    public void Tables_and_claims_have_ids_of_their_own() =>
        Tested.Tables.Select(t => t.Id).Concat(Tested.Claims.Select(c => c.Id)).Should().OnlyHaveUniqueItems("each of them selects claims");

    [Test]
    public void Every_table_of_the_paper_is_measured() =>
        Tested.Tables.Select(t => t.Id).Should().Contain(Enumerable.Range(1, 16).Select(n => string.Create(CultureInfo.InvariantCulture, $"table-{n:D2}")));

    [Test]
    public void Every_bound_has_a_rationale()
    {
        Tested.Claims.Should().OnlyContain(c => c.Rationale.Length > 10 && c.Bound != default(Bound));
        Tested.Claims.Should().OnlyContain(c => double.IsFinite(c.Bound.Low) || double.IsFinite(c.Bound.High));
        Tested.Claims.Should().OnlyContain(c => c.Bound.Low < c.Bound.High);
    }

    [Test]
    public void Every_claim_has_rows_that_differ_in_label_and_statistic()
    {
        Tested.Claims.Should().AllSatisfy(c => c.Rows.Should().NotBeEmpty(c.Id));
        Tested.Claims.Should().AllSatisfy(c => c.Rows.Select(r => r.Label).Should().OnlyHaveUniqueItems(c.Id));
        Tested.Claims.Should().AllSatisfy(c => c.Rows.Select(r => r.Statistic.ToString()).Should().OnlyHaveUniqueItems(c.Id));
    }

    [TestCase("table-14-random-3", "increase(Random 3 %, {Arabic | Chinese | ... 30 in all})")]
    [TestCase("table-14-top-3", "increase(Top 3 %, {Arabic | Chinese | ... 30 in all}) - 5 * increase(Random 3 %, {Arabic | Chinese | ... 30 in all})")]
    [TestCase("control-planted-found", "quantity(place of the planted weight)")]
    public void A_statistic_reads_as_what_its_rows_evaluate(string claim, string statistic) => Tested.Claim(claim).Statistic.Should().Be(statistic);

    [Test]
    public void Claims_are_selected_by_their_own_id_or_by_their_table()
    {
        string[] Ids(params string[] ids) => [.. Tested.Paper.Select(PaperProfiles.Tiny, ids).Select(c => c.Id)];
        Ids("table-14-top-3").Should().Equal("table-14-top-3");
        Ids("table-02", "table-01-top-3").Should().HaveCount(6).And.Contain("table-01-top-3").And.Contain("table-02-chinese-slower");
        Ids().Should().Equal(Tested.Tables.Where(t => !t.IsThorough).SelectMany(t => t.Claims).Select(c => c.Id));
        Tested.Paper.Select(PaperProfiles.Tiny, [], thorough: true).Select(c => c.Id).Should().Equal(Tested.Claims.Select(c => c.Id));
        FluentActions.Invoking(() => Ids("table-02", "table-0")).Should().Throw<InputException>().WithMessage("*'table-0'*");
    }

    [Test]
    public void An_unknown_claim_is_named() =>
        FluentActions.Invoking(() => Tested.Paper.Select(PaperProfiles.Tiny, ["table-99"])).Should().Throw<InputException>().WithMessage("*table-99*--list*");
}
