using System.Xml.Linq;

namespace Repro.Papers.LinguisticRegions.Tests;

/// <summary>The paper's namespaces have an order, and of the project's libraries only the command line knows the paper.</summary>
public sealed class LayerTests
{
    [Test]
    public void The_namespaces_of_the_paper_have_no_cycle()
    {
        NamespaceGraph graph = NamespaceGraph.Read(typeof(LinguisticRegionsPaper).Assembly.Location);
        graph.Namespaces.Should().Contain(["Repro.Papers.LinguisticRegions.Tables", "Repro.Papers.LinguisticRegions.Conditions", "Repro.Papers.LinguisticRegions.Published"]);
        graph.Cycles().Should().BeEmpty();
    }

    [Test]
    public void No_library_but_the_command_line_knows_the_paper()
    {
        string[] projects = Directory.GetFiles(Path.Combine(Project.Folder, "src"), "*.csproj", SearchOption.AllDirectories);
        projects.Should().HaveCountGreaterThan(5);
        projects.Where(p => References(p).Contains("Repro.Papers.LinguisticRegions")).Select(Path.GetFileNameWithoutExtension).Should().Equal("Repro.Cli");
    }

    private static IEnumerable<string?> References(string project) => XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string?)r.Attribute("Include")));
}
