namespace Repro.Engine.Tests.Examples;

public sealed class LibraryExampleTests
{
    private static readonly string Source = Path.Combine(Project.Folder, "tests", "Repro.Engine.Tests", "Examples", "LibraryExample.cs");

    [Test]
    public void The_example_runs_and_perplexity_is_what_it_was_once_the_region_is_back()
    {
        (double before, double without, double after) = LibraryExample.RemoveRussianCore(
            Path.Combine(Project.Folder, "fixtures", "tiny"), Path.Combine(Project.Folder, "fixtures", "corpora"));
        TestContext.Out.WriteLine($"Russian: {before:F2} before, {without:F2} without the top 3 %, {after:F2} after");
        without.Should().BeGreaterThan(1.5 * before);
        after.Should().Be(before);
    }

    [Test]
    public void The_library_page_prints_the_example_that_is_compiled_here()
    {
        string page = File.ReadAllText(Path.Combine(Project.Folder, "docs", "library.md"));
        string compiled = string.Join(
            '\n', Between(File.ReadAllText(Source), "    // example\n", "    // end of example").TrimEnd().Split('\n')
            .Select(line => line.Length > 4 ? line[4..] : line.Trim()));
        Between(page, "<!-- example: LibraryExample -->\n", "<!-- /example -->").Trim().Should().Be($"```csharp\n{compiled}\n```");
    }

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal);
        from.Should().BeGreaterThanOrEqualTo(0, $"'{start.Trim()}' is there");
        int to = text.IndexOf(end, from, StringComparison.Ordinal);
        to.Should().BePositive($"'{end}' follows");
        return text[(from + start.Length)..to];
    }
}
