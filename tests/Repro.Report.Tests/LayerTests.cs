using System.Reflection;
using Repro.Report.Model;

namespace Repro.Report.Tests;

/// <summary>The reports' namespaces have an order, and they know no paper.</summary>
public sealed class LayerTests
{
    private static readonly Assembly Report = typeof(Results).Assembly;

    [Test]
    public void Its_namespaces_have_no_cycle()
    {
        NamespaceGraph graph = NamespaceGraph.Read(Report.Location);
        graph.Namespaces.Should().Contain(["Repro.Report.Model", "Repro.Report.Html", "Repro.Report.Plots"]);
        graph.Cycles().Should().BeEmpty();
    }

    [Test]
    public void Of_the_project_it_uses_the_harness_and_what_it_stands_on() =>
        Report.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("Repro.", StringComparison.Ordinal)).Should().BeEquivalentTo("Repro.Engine", "Repro.Harness", "Repro.Terminal");
}
