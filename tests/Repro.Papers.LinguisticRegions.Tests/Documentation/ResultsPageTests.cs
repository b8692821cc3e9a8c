namespace Repro.Papers.LinguisticRegions.Tests.Documentation;

/// <summary>The tables of results in the README and in <c>docs/results.md</c> are those of the goldens.</summary>
public sealed class ResultsPageTests
{
    // With any value, the tables are written anew instead of compared.
    private const string Write = "REPRO_WRITE_DOCS";

    [Test]
    public void The_readme_counts_the_verdicts_of_the_goldens() => Check("README.md", "results", ResultsPage.Summary());

    [Test]
    public void The_readmes_sample_is_what_the_goldens_say() => Check("README.md", "sample", ResultsPage.Sample("table-05"));

    [Test]
    public void The_page_of_results_has_the_verdicts_of_the_goldens() => Check(Path.Combine("docs", "results.md"), "results", ResultsPage.Page());

    private static void Check(string name, string place, string expected)
    {
        string path = Path.Combine(Project.Folder, name);
        string text = File.ReadAllText(path);
        string begin = $"<!-- {place} -->\n";
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = text.IndexOf($"<!-- /{place} -->", StringComparison.Ordinal);
        to.Should().BeGreaterThan(from - 1, "{0} has a place for its {1}", name, place);
        if (Environment.GetEnvironmentVariable(Write) is not null)
            File.WriteAllText(path, text[..from] + expected + text[to..]);
        else
            text[from..to].Should().Be(expected, "{0} shows the goldens; {1}=1 dotnet test tests/Repro.Papers.LinguisticRegions.Tests writes it", name, Write);
    }
}
