using Repro.Harness.Claims;
using Repro.Report.Findings;
using Repro.Report.Model;

namespace Repro.Report.Tests;

/// <summary>The page as a reader's browser shows it.</summary>
[TestFixtureSource(nameof(Samples))]
public sealed class BrowserTests(string sample)
{
    private readonly Results results = sample == "one" ? SampleResults.One : SampleResults.Three;
    private TemporaryFolder folder = null!;
    private Browser browser = null!;

    private static IEnumerable<string> Samples => ["one", "three"];

    private string PagePath => folder.File(ReportFolder.PageName);

    [OneTimeSetUp]
    public void Start()
    {
        if (Browser.Missing is { } reason)
            Assert.Ignore(reason);
        folder = new TemporaryFolder();
        ReportFolder.Write(folder.Path, results);
        browser = new Browser();
    }

    [OneTimeTearDown]
    public void Stop()
    {
        browser?.Dispose();
        folder?.Dispose();
    }

    [Test]
    public void It_loads_without_errors_and_asks_for_nothing_but_itself()
    {
        PageChecks.AsksForNothingButItself(browser, PagePath);
        browser.Title.Should().EndWith("linguistic regions, verified", "no name or text of a checkpoint has run as a script");
    }

    [Test]
    public void The_matrix_shows_what_results_json_says()
    {
        browser.Open(PagePath, PageChecks.Desk);
        string[] shown = browser.List(
            """
            return [...document.querySelectorAll('td[data-claim]')]
                .map(c => [c.dataset.checkpoint, c.dataset.claim, c.querySelector('.badge').innerText].join('|'))
            """);
        Results written = ResultsFile.Read(folder.File(ResultsFile.Name));
        shown.Should().BeEquivalentTo(written.Verified().SelectMany(c =>
            c.Report.Verdicts.Select(v => $"{c.Name}|{v.Id}|{VerdictWords.Symbol(v.Verdict)} {VerdictWords.Of(v.Verdict)}")));
    }

    [Test]
    public void The_matrix_shows_what_the_papers_own_numbers_say_of_each_claim()
    {
        browser.Open(PagePath, PageChecks.Desk);
        browser.List("return [...document.querySelectorAll('td[data-paper]')].map(c => [c.dataset.paper, c.querySelector('.badge').innerText].join('|'))")
            .Should().Equal(JudgedClaim.All(results).Select(c => $"{c.Stated.Id}|{VerdictWords.Symbol(c.Stated.Paper.Kind)} {VerdictWords.Of(c.Stated.Paper)}"));
    }

    [Test]
    public void A_cell_of_the_matrix_leads_to_its_claim()
    {
        browser.Open(PagePath, PageChecks.Desk);
        browser.Click("td[data-claim='table-03-top'] a");
        browser.Address.Should().EndWith("#claim-table-03-top");
        browser.Run<string>("return document.querySelector('article:target h3').innerText")
            .Should().Be("Removing the top dimensions hurts the model");
    }

    [Test]
    public void Every_link_within_the_page_has_its_target()
    {
        PageChecks.EveryLinkHasItsTarget(browser, PagePath);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Every_text_stands_out_from_what_is_behind_it(bool dark) => PageChecks.EveryTextStandsOut(browser, PagePath, dark, texts: 200);

    [Test]
    public void Light_and_dark_are_two_pages()
    {
        string Background(bool dark)
        {
            browser.Open(PagePath, PageChecks.Desk, dark);
            return browser.Run<string>("return getComputedStyle(document.body).backgroundColor");
        }

        Background(dark: false).Should().NotBe(Background(dark: true));
    }

    [TestCase(PageChecks.Phone)]
    [TestCase(PageChecks.Desk)]
    public void Nothing_overflows(int width) => PageChecks.NothingOverflows(browser, PagePath, width);

    [Test]
    public void Every_figure_opens_to_its_numbers()
    {
        browser.Open(PagePath, PageChecks.Phone);
        browser.Run<object?>("document.querySelectorAll('details').forEach(d => d.open = true)");
        browser.List(
            """
            return [...document.querySelectorAll('figure')]
                .filter(f => !f.querySelector('details td').checkVisibility()
                    || ![...f.querySelectorAll('svg[role=img]')].every(s => s.getBoundingClientRect().height > 50))
                .map(f => f.id)
            """).Should().BeEmpty();
    }

    [Test]
    public void Every_kind_of_verdict_is_there() =>
        results.Verified().SelectMany(c => c.Report.Verdicts).Select(v => v.Verdict).Distinct()
            .Should().BeEquivalentTo(Enum.GetValues<VerdictKind>(), "else the tests above have not seen it");
}
