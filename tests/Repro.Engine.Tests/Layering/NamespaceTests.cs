using Repro.Engine.Models;

namespace Repro.Engine.Tests.Layering;

/// <summary>The engine's namespaces have an order: none leads back to itself.</summary>
public sealed class NamespaceTests
{
    private static readonly NamespaceGraph Engine = NamespaceGraph.Read(typeof(LlamaModel).Assembly.Location);

    [Test]
    public void The_namespaces_of_the_engine_have_no_cycle() => Engine.Cycles().Should().BeEmpty();

    [Test]
    public void A_type_named_only_inside_a_method_counts() => Engine.UsedBy("Repro.Engine.Checkpoints").Should().Contain("Repro.Engine.Seeds", "RandomCheckpoint derives seeds in a lambda");

    [Test]
    public void A_cycle_is_found_and_named_with_the_types_that_close_it()
    {
        string cycle = NamespaceGraph.Read(typeof(NamespaceTests).Assembly.Location).Cycles().Should().ContainSingle(c => c.Contains(nameof(First), StringComparison.Ordinal)).Subject;
        cycle.Should().Contain($"{typeof(First.Left).Namespace} -> {typeof(Second.Right).Namespace}: Left -> Right").And.Contain("Right -> Left");
    }
}
