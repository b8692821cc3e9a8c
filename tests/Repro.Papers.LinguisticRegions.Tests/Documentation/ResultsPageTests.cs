namespace Repro.Papers.LinguisticRegions.Tests.Documentation;

/// <summary>The tables of results in the README and in <c>docs/results.md</c> are those of the goldens.</summary>
public sealed class ResultsPageTests
{
    // With any value, the tables are written anew instead of compared.
    private const string Write = "REPRO_WRITE_DOCS";
    private const string Begin = "<!-- results -->\n";
    private const string End = "<!-- /results -->";

    [Test]
    public void The_readme_counts_the_verdicts_of_the_goldens() => Check("README.md", ResultsPage.Summary());

    [Test]
    public void The_page_of_results_has_the_verdicts_of_the_goldens() => Check(Path.Combine("docs", "results.md"), ResultsPage.Page());

    private static void Check(string name, string expected)
    {
        string path = Path.Combine(Project.Folder, name);
        string text = File.ReadAllText(path);
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = text.IndexOf(End, StringComparison.Ordinal);
        to.Should().BeGreaterThan(from - 1, "{0} has a place for its results", name);
        if (Environment.GetEnvironmentVariable(Write) is not null)
            File.WriteAllText(path, text[..from] + expected + text[to..]);
        else
            text[from..to].Should().Be(expected, "{0} shows the goldens; {1}=1 dotnet test tests/Repro.Papers.LinguisticRegions.Tests writes it", name, Write);
    }
}
