using System.Text.Json;
using Repro.Harness.Atlases;
using Repro.Report.Atlases;

namespace Repro.Report.Tests.Atlases;

/// <summary>An atlas's page as a reader's browser shows it, its numbers, and what a terminal prints.</summary>
public sealed class AtlasPageTests
{
    private static readonly Atlas Sample = SampleAtlas.Of(SampleResults.Provenance);
    private TemporaryFolder folder = null!;
    private Browser? browser;

    private string PagePath => folder.File(AtlasFolder.PageName);

    [OneTimeSetUp]
    public void Start()
    {
        folder = new TemporaryFolder();
        AtlasFolder.Write(folder.Path, Sample);
        browser = Browser.Missing is null ? new Browser() : null;
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
        PageChecks.AsksForNothingButItself(InBrowser(), PagePath);
        browser!.Title.Should().Be("mine & yours: atlas of languages", "no name of a corpus has run as a script");
        browser.Run<string>("return document.querySelector('h1').innerText").Should().Be("Each of the 2 regions hurts its own language most");
    }

    [Test]
    public void Every_link_within_the_page_has_its_target() => PageChecks.EveryLinkHasItsTarget(InBrowser(), PagePath);

    [TestCase(false)]
    [TestCase(true)]
    public void Every_text_stands_out_from_what_is_behind_it(bool dark) => PageChecks.EveryTextStandsOut(InBrowser(), PagePath, dark, texts: 60);

    [TestCase(PageChecks.Phone)]
    [TestCase(PageChecks.Desk)]
    public void Nothing_overflows(int width) => PageChecks.NothingOverflows(InBrowser(), PagePath, width);

    [Test]
    public void Its_numbers_are_JSON_whatever_they_are()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder.File(AtlasFolder.JsonName)));
        json.RootElement.GetProperty("schema").GetString().Should().Be(Atlas.CurrentSchema);
        json.RootElement.GetProperty("tree").GetProperty("first").GetProperty("code").GetString().Should().Be("ru");
        json.RootElement.GetProperty("increases").GetRawText().Should().Contain("\"Infinity\"");
    }

    [Test]
    public void A_terminal_shows_each_region_and_whom_it_hurts_beside() =>
        AtlasText.Of(Sample).Should().Contain("3 languages, 2 regions").And.Contain("Russian ×7.39\u00A0[6.69,\u00A08.17]; most beside: Chinese ×1.11")
            .And.Contain("Distance within a family 0.100, between 0.400; by chance as much in 0.3 % of orders.").And.Contain("Left out: yy: fewer than 2 test lines.");

    private Browser InBrowser()
    {
        if (browser is null)
            Assert.Ignore(Browser.Missing!);
        return browser!;
    }
}
