using System.Text.RegularExpressions;

namespace Repro.Papers.LinguisticRegions.Tests.Documentation;

/// <summary>The pages in Markdown: every relative link leads somewhere, <c>docs/README.md</c> lists every page, and <c>README.md</c> stays short.</summary>
public sealed partial class LinkTests
{
    private const int MostBytes = 7_000;

    private static IEnumerable<string> Pages =>
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "fixtures/README.md", "ci/README.md", .. Docs.Select(name => $"docs/{name}")];

    private static IEnumerable<string> Docs =>
        Directory.GetFiles(Path.Combine(Project.Folder, "docs"), "*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Pages))]
    public void Every_relative_link_leads_to_a_file(string page)
    {
        string path = Path.Combine(Project.Folder, page);
        string folder = Path.GetDirectoryName(path)!;
        IEnumerable<string> broken = RelativeLinks(File.ReadAllText(path)).Where(link => !Path.Exists(Path.Combine(folder, link)));
        string.Join('\n', broken).Should().BeEmpty($"every relative link of {page} leads to a file or folder");
    }

    [Test]
    public void The_index_of_the_docs_lists_every_page()
    {
        string[] listed = [.. RelativeLinks(File.ReadAllText(Path.Combine(Project.Folder, "docs", "README.md")))];
        string.Join('\n', Docs.Where(name => name != "README.md").Except(listed)).Should().BeEmpty("docs/README.md has a line for every page");
    }

    [Test]
    public void The_readme_is_short() =>
        new FileInfo(Path.Combine(Project.Folder, "README.md")).Length.Should().BeLessThanOrEqualTo(MostBytes, "details belong in docs/");

    [Test]
    public void Links_in_code_and_to_other_sites_and_to_headings_of_the_same_page_are_left_out() =>
        RelativeLinks("[a](docs/a.md) `[b](b.md)` [c](https://c.org/c.md) [d](#d)\n```\n[e](e.md)\n```\n![f](../f.png) [`g`](g.md#heading)")
            .Should().Equal("docs/a.md", "../f.png", "g.md");

    private static IEnumerable<string> RelativeLinks(string markdown) =>
        Target().Matches(Code().Replace(markdown, ""))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.StartsWith('#') && !target.Contains(':', StringComparison.Ordinal))
            .Select(target => target.Split('#')[0]);

    [GeneratedRegex(@"\]\(([^()\s]+)[^()]*\)")]
    private static partial Regex Target();

    // A block between fences, or a mark within a line.
    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();
}
