using System.Reflection;
using Repro.Harness.Verification;

namespace Repro.Harness.Tests;

/// <summary>The harness's namespaces have an order, and it knows no paper and nothing that is built on it.</summary>
public sealed class LayerTests
{
    private static readonly Assembly Harness = typeof(VerificationRun).Assembly;

    [Test]
    public void The_namespaces_of_the_harness_have_no_cycle()
    {
        NamespaceGraph graph = NamespaceGraph.Read(Harness.Location);
        graph.Namespaces.Should().Contain(["Repro.Harness.Measuring", "Repro.Harness.Claims", "Repro.Harness.Verification"]);
        graph.Cycles().Should().BeEmpty();
    }

    [Test]
    public void Of_the_project_it_uses_the_engine_alone() =>
        Harness.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("Repro.", StringComparison.Ordinal)).Should().Equal("Repro.Engine");

    [Test]
    public void Its_tests_know_no_paper_either() =>
        typeof(LayerTests).Assembly.GetReferencedAssemblies().Should().NotContain(a => a.Name!.StartsWith("Repro.Papers", StringComparison.Ordinal));
}
