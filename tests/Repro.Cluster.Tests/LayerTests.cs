using System.Reflection;

namespace Repro.Cluster.Tests;

/// <summary>The cluster's library knows the harness and no paper.</summary>
public sealed class LayerTests
{
    private static readonly Assembly Cluster = typeof(ClusterRun).Assembly;

    [Test]
    public void Its_namespaces_have_no_cycle()
    {
        NamespaceGraph graph = NamespaceGraph.Read(Cluster.Location);
        graph.Namespaces.Should().Contain("Repro.Cluster");
        graph.Cycles().Should().BeEmpty();
    }

    [Test]
    public void Of_the_project_it_uses_the_harness_and_what_it_stands_on() =>
        Cluster.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("Repro.", StringComparison.Ordinal)).Should().BeEquivalentTo("Repro.Engine", "Repro.Harness");
}
