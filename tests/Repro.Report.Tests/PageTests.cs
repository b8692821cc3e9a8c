using System.Xml;
using System.Xml.Linq;
using Repro.Report.Html;
using Repro.Report.Markdown;
using Repro.Report.Model;

namespace Repro.Report.Tests;

/// <summary>The page as markup, without a browser.</summary>
[TestFixtureSource(nameof(Samples))]
public sealed class PageTests(string sample)
{
    private readonly Results results = sample == "one" ? SampleResults.One : SampleResults.Three;
    private XElement page = null!;

    private static IEnumerable<string> Samples => ["one", "three"];

    [OneTimeSetUp]
    public void Read()
    {
        // Well-formed as XML too, so that nothing foreign has closed an element.
        using XmlReader reader = XmlReader.Create(
            new StringReader(Page.Of(results)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        page = XElement.Load(reader);
    }

    [Test]
    public void Ids_are_unique() => Ids().Should().OnlyHaveUniqueItems();

    [Test]
    public void Every_link_within_the_page_leads_somewhere()
    {
        string[] targets =
            [.. page.Descendants("a").Select(a => a.Attribute("href")!.Value).Where(h => h.StartsWith('#')).Select(h => h[1..])];
        targets.Should().NotBeEmpty();
        targets.Distinct().Should().BeSubsetOf(Ids());
    }

    [Test]
    public void Every_drawing_refers_to_its_own_parts()
    {
        IEnumerable<string> references = page.Descendants().Attributes().Select(a => a.Value)
            .Where(v => v.StartsWith("url(#", StringComparison.Ordinal)).Select(v => v[5..^1]);
        references.Distinct().Should().BeSubsetOf(Ids());
    }

    [Test]
    public void Every_figure_has_a_title_a_caption_its_numbers_and_alternative_texts()
    {
        XElement[] figures = [.. page.Descendants("figure")];
        figures.Should().HaveCount(4 * results.Verified().Count());
        foreach (XElement figure in figures)
        {
            figure.Element("h3")!.Value.Should().NotBeEmpty();
            figure.Element("figcaption")!.Value.Should().NotBeEmpty();
            figure.Element("details")!.Descendants("td").Should().NotBeEmpty();
            XElement[] plots = [.. figure.Descendants().Where(e => e.Name.LocalName == "svg")];
            plots.Should().AllSatisfy(p =>
            {
                p.Attribute("role")!.Value.Should().Be("img");
                p.Attribute("aria-label")!.Value.Length.Should().BeGreaterThan(20);
            });
        }
    }

    [Test]
    public void Every_verdict_has_colour_symbol_and_word()
    {
        XElement[] cells = [.. page.Descendants("td").Where(td => td.Attribute("data-claim") is not null)];
        cells.Should().HaveCount(results.Verified().Sum(c => c.Report.Verdicts.Count));
        cells.Should().AllSatisfy(td => td.Value.Should().ContainAny("✓ holds", "✗ fails", "~ inconclusive", "– not applicable"));
    }

    [Test]
    public void Nothing_is_loaded_from_elsewhere_and_no_script_runs()
    {
        page.Descendants("script").Should().BeEmpty();
        page.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "srcset" or "action").Should().BeEmpty();
        page.Descendants().Attributes().Where(a => a.Name.LocalName == "href").Select(a => a.Value)
            .Should().OnlyContain(h => h.StartsWith('#') || h.StartsWith("data:") || h == ResultsFile.Name || h == MarkdownReport.Name);
        page.Descendants("style").Single().Value.Should().NotContain("@import").And.NotContain("url(");
    }

    [Test]
    public void Claims_say_paper_measured_bound_and_gate()
    {
        string article = page.Descendants("article").First(a => a.Attribute("id")!.Value == Anchors.Claim("table-14-top-3")).Value;
        article.Should().Contain("7.500").And.Contain("1.200\u00A0[1.000,\u00A01.400]").And.Contain("> 0").And.Contain("base perplexity")
            .And.Contain("not passed");
    }

    [Test]
    public void Numbers_that_exploded_or_are_none_are_said_as_such()
    {
        page.Value.Should().Contain("1.0e300").And.Contain("not a number");
    }

    private string[] Ids() => [.. page.DescendantsAndSelf().Attributes("id").Select(a => a.Value)];
}
