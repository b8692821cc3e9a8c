using System.Globalization;

namespace Repro.Report.Tests;

/// <summary>What every page must do in a reader's browser.</summary>
internal static class PageChecks
{
    public const int Desk = 1280;
    public const int Phone = 360;

    public static void AsksForNothingButItself(Browser browser, string path)
    {
        browser.Requests();
        browser.Open(path, Desk);
        browser.Console().Should().BeEmpty();
        string[] requests = [.. browser.Requests()];
        requests.Should().NotBeEmpty();
        requests.Where(url => !url.StartsWith("data:")).Should().BeSubsetOf([new Uri(path).AbsoluteUri]);
    }

    public static void EveryLinkHasItsTarget(Browser browser, string path)
    {
        browser.Open(path, Desk);
        browser.List(
            """
            return [...document.querySelectorAll('a[href^="#"]')]
                .map(a => a.getAttribute('href').slice(1)).filter(id => !document.getElementById(id))
            """).Should().BeEmpty();
        browser.Run<long>("return document.querySelectorAll('a[href^=\"#\"]').length").Should().BePositive();
    }

    public static void EveryTextStandsOut(Browser browser, string path, bool dark, int texts)
    {
        browser.Open(path, Desk, dark);
        OpenAll(browser);
        string[] found = browser.List(Script("contrast.js"));
        int.Parse(found[0], CultureInfo.InvariantCulture).Should().BeGreaterThan(texts, "all texts of the page are looked at");
        found[1..].Should().BeEmpty();
    }

    public static void NothingOverflows(Browser browser, string path, int width)
    {
        browser.Open(path, width);
        OpenAll(browser);
        browser.Run<long>("return window.innerWidth").Should().Be(width);
        browser.Run<long>("return document.documentElement.scrollWidth").Should().BeLessThanOrEqualTo(width);
        browser.List(
            """
            return [...document.querySelectorAll('main *')]
                .filter(e => !e.closest('.box *, .plot *') && e.getBoundingClientRect().right > window.innerWidth + 1)
                .map(e => e.outerHTML.slice(0, 120))
            """).Should().BeEmpty();
    }

    private static void OpenAll(Browser browser) => browser.Run<object?>("document.querySelectorAll('details').forEach(d => d.open = true)");

    private static string Script(string name)
    {
        using StreamReader reader = new(typeof(PageChecks).Assembly.GetManifestResourceStream($"Repro.Report.Tests.{name}")!);
        return reader.ReadToEnd();
    }
}
