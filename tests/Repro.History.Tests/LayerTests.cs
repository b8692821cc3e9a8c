using System.Reflection;

namespace Repro.History.Tests;

/// <summary>The history knows reports of the harness, and neither pages nor a paper.</summary>
public sealed class LayerTests
{
    private static readonly Assembly History = typeof(RunHistory).Assembly;

    [Test]
    public void Its_namespaces_have_no_cycle()
    {
        NamespaceGraph graph = NamespaceGraph.Read(History.Location);
        graph.Namespaces.Should().Contain("Repro.History");
        graph.Cycles().Should().BeEmpty();
    }

    [Test]
    public void Of_the_project_it_uses_the_harness_and_what_it_stands_on() =>
        History.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("Repro.", StringComparison.Ordinal)).Should().BeEquivalentTo("Repro.Engine", "Repro.Harness", "Repro.Terminal");
}
